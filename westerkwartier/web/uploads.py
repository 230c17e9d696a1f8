"""A request that sends more than a file may hold is not stored at all, whatever page it goes to."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from westerkwartier.web.sheets.kinds import DEFAULT_LIMITS, MIB

FORM = MIB  # room for the rest of the form around the file


class LimitedUpload(FileUploadHandler):
    """First of the upload handlers: goes by the length that the request tells.

    The file is then missing from the form, and ``request.upload_too_large`` says why. A request
    that lies about its length is cut off there by the server.
    """

    def handle_raw_input(self, input_data, meta, content_length, boundary, encoding=None):
        self.too_large = content_length > DEFAULT_LIMITS.bytes + FORM

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.too_large:
            self.request.upload_too_large = True
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
