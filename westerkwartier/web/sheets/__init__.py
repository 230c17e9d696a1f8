"""Reading the files that people upload: CSV, XLSX, ODS and VERA JSON become rows of cells.

``reading.open_sheet`` opens a file or refuses it with a sentence, ``cells`` turns a cell into a
value or says what is wrong with it, ``writing.sheet_response`` gives rows back as a file.

An upload is not trusted: what it is follows from its content, every size is counted against
``kinds.Limits`` while reading, and XML with a document type is never read.
"""
