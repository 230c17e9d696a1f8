"""What an upload is, by its first bytes. The name its sender gave it proves nothing."""

import re
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from westerkwartier.web.sheets.kinds import Unreadable

HEAD = 4096  # bytes that tell the kind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and new ones with a password

PDF = gettext_lazy("a PDF document")
PICTURE = gettext_lazy("a picture")
ARCHIVE = gettext_lazy("a packed archive")
PROGRAM = gettext_lazy("a program")
MARKUP = gettext_lazy("a web page or an XML file")
DOCUMENT = gettext_lazy("a text document")

# Beginnings that no table has. Those of letters alone must be followed by a byte that no text has.
OTHER_KINDS = [
    (re.compile(rb"[\s\S]{0,1024}?%PDF-\d"), PDF),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*"), PICTURE),
    (re.compile(rb"RIFF[\s\S]{4}WEBP|\x00\x00\x00[\s\S]ftyp"), PICTURE),
    (re.compile(rb"BM[\s\S]{0,30}\x00"), PICTURE),
    (re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!\x1a|\xfd7zXZ|BZh[1-9]1AY|PK00PK"), ARCHIVE),
    (re.compile(rb"\x7fELF|\xcf\xfa\xed\xfe|MZ[\s\S]{0,60}\x00"), PROGRAM),
    (re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|!--|\?xml|[a-z])", re.IGNORECASE), MARKUP),
    (re.compile(rb"\{\\rtf"), DOCUMENT),
]


def kind_of(head: bytes, name: str) -> Literal["packed", "old", "json", "text"]:
    """``head``: the first ``HEAD`` bytes. Raises Unreadable for what is plainly something else."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "packed"
    if head.startswith(OLE):
        return "old"
    for beginning, label in OTHER_KINDS:
        if beginning.match(head):
            raise not_a_table(name, label)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(_("The file is text in UTF-16. Save it as “CSV UTF-8” and send it again."))
    if re.match(rb"(\xef\xbb\xbf)?\s*[\[{]", head):
        return "json"
    return "text"


def not_a_table(name: str, label) -> Unreadable:
    return Unreadable(
        _("“%(name)s” is %(kind)s. Send a CSV, XLSX, ODS or VERA JSON file.")
        % {"name": name, "kind": label}
    )


def refuse_old(data: bytes) -> Unreadable:
    """Why a file in the old Office container is not read."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return encrypted()
    return Unreadable(
        _("This is a file of an old Office version (.xls). Save it as .xlsx and send it again.")
    )


def encrypted() -> Unreadable:
    return Unreadable(
        _("The file is locked with a password. Save it without one and send it again.")
    )


def damaged() -> Unreadable:
    return Unreadable(
        _("The file is damaged. Open it in your spreadsheet program, save it and send it again.")
    )


def too_large(limits) -> Unreadable:
    return Unreadable(
        _("The file is larger than %(size)s MB. Split it into smaller files.")
        % {"size": limits.bytes // (1024 * 1024)}
    )


def expands_too_far() -> Unreadable:
    return Unreadable(
        _("The file is packed so tightly that it would become too large. It is not read.")
    )
