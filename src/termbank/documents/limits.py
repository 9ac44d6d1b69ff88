"""How large a document may be: what is beyond belongs to no author, or would fill the memory of the machine."""

FILE_BYTES = 256 << 20
"""Of any file, as it lies on the disk."""

UNPACKED_BYTES = 1 << 30
"""Of everything inside a ZIP archive (docx, odt, xlsx) together, unpacked."""

TEXT_BYTES = 32 << 20
"""Of a file that is read whole into memory as text: plain text, Markdown, HTML."""

CHARACTERS = 40_000_000
"""Of the text that was found in a document."""

PAGES = 10_000
"""Of a PDF."""

PAGE_BYTES = 16 << 20
"""Of the drawing commands of one page of a PDF, unpacked."""

PDF_SECONDS = 120.0
"""For a whole PDF; ordinary ones take some milliseconds a page."""

CELLS = 10_000_000
"""Of a sheet, the empty ones between the first and the last included, since they are held in memory too."""

NESTING = 100
"""Of Markdown blocks in each other, beyond which a file is refused, and of brackets, beyond which they are text."""
