"""What the log leaves out."""

import logging


class RefusalInOneLine(logging.Filter):
    """A refused act (403) is no fault of the program: one line, without the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == 403:
            record.exc_info = record.exc_text = None
        return True
