"""Spreadsheets as bytes, also such as no program would write."""

import io
import zipfile

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

XLSX_PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="s1" '
    f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" '
    f'Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="y" '
    f'Type="{RELATIONS}/styles" Target="/xl/styles.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="a" r:id="s1"/>'
    "</sheets></workbook>",
    "xl/sharedStrings.xml": "<sst><si><t>Street</t></si><si><t>Number</t></si></sst>",
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\\-mm\\-jjjj"/>'
    '<numFmt numFmtId="171" formatCode="&quot;day&quot; 0.00"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>'
    "</styleSheet>",
}

HEADER = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def packed(parts: dict[str, str | bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def worksheet(rows: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><dimension '
        f'ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    )


def xlsx(rows: str, header: str = HEADER, **others: str) -> bytes:
    """A workbook with these rows in XML; ``others`` replaces parts by the stem of their name."""
    parts = {**XLSX_PARTS, "xl/worksheets/sheet1.xml": worksheet(header + rows)}
    for stem, content in others.items():
        name = next(name for name in parts if name.endswith(f"/{stem}.xml"))
        parts[name] = content
    return packed(parts)


def ods(rows: str, manifest: str = "<manifest/>", more: dict | None = None) -> bytes:
    """An OpenDocument spreadsheet with these rows in XML, under the headers Street and Number."""
    content = (
        f'<o:document-content xmlns:o="{OFFICE}" xmlns:t="{TABLE}" xmlns:x="{TEXT}"><o:body>'
        "<o:spreadsheet><t:table><t:table-row><t:table-cell><x:p>Street</x:p></t:table-cell>"
        f"<t:table-cell><x:p>Number</x:p></t:table-cell></t:table-row>{rows}</t:table>"
        "</o:spreadsheet></o:body></o:document-content>"
    )
    parts = {"mimetype": ODS_TYPE, "META-INF/manifest.xml": manifest, "content.xml": content}
    return packed(parts | (more or {}))
