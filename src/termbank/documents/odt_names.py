"""Names in OpenDocument (ODF 1.3 part 3) and what the elements in a paragraph are."""

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",  # what LibreOffice adds
    "dc": "http://purl.org/dc/elements/1.1/",
}
_PREFIXES = {space: prefix for prefix, space in _SPACES.items()}


def tag(name: str) -> str:
    """Return a name as lxml gives it.

    >>> tag("dc:title")
    '{http://purl.org/dc/elements/1.1/}title'
    """
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def short(name: str) -> str:
    """Return a tag of lxml as the standard writes it; empty for those of other namespaces.

    >>> short("{http://purl.org/dc/elements/1.1/}title"), short("{urn:x}y")
    ('dc:title', '')
    """
    space, _, local = name[1:].partition("}")
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else ""


CONTAINERS = frozenset(
    tag(name)
    for name in (
        "text:p",
        "text:h",
        "text:span",
        "text:a",
        "text:meta",
        "text:meta-field",
        "text:ruby-base",
        "loext:content-control",
    )
)
"""Elements that hold running text and may hold comments; others, such as fields, hold text only."""

NO_TEXT = frozenset({
    "text:tracked-changes", "office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls",
    "text:dde-connection-decls", "text:alphabetical-index-auto-mark-file", "table:table-column", "table:table-columns",
    "table:table-header-columns", "table:table-column-group", "text:ruby-text", "text:note-citation", "text:script",
    "text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index", "text:user-index",
    "text:alphabetical-index", "text:bibliography", "text:bookmark", "text:bookmark-start", "text:bookmark-end",
    "text:change", "text:change-start", "text:change-end", "text:soft-page-break", "text:reference-mark",
    "text:reference-mark-start", "text:reference-mark-end", "office:event-listeners",
})  # fmt: skip
"""What is no text, or repeats text that stands elsewhere."""
