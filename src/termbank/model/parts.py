"""Names of the parts of documents: English and lower case in the data, in the reader's language when shown."""

import re

_SWEDISH = {
    "header": "sidhuvud", "footer": "sidfot", "footnote": "fotnot", "endnote": "slutnot", "page": "sida",
    "table": "tabell", "cell": "cell", "sheet": "blad", "row": "rad", "column": "kolumn", "text box": "textruta",
    "text-box": "textruta", "caption": "bildtext", "title": "titel", "comment": "kommentar",
    "alternative text": "alternativtext", "alternative-text": "alternativtext", "image": "bild", "picture": "bild",
    "figure": "figur", "slide": "sida", "section": "avsnitt", "heading": "rubrik", "paragraph": "stycke",
    "properties": "egenskaper",
}  # fmt: skip
_PART = re.compile("|".join(sorted(map(re.escape, _SWEDISH), key=len, reverse=True)))


def part_text(part: str, language: str) -> str:
    """Write a part of a document for a person.

    Arguments:
        part: such as `table 2, cell B7` or `sheet Blad1, cell B7`; what it does not know it leaves as it is.
        language: `sv` or `en`.

    Returns:
        The part in the language.

    >>> part_text("table 2, cell B7", "sv"), part_text("sheet page 1, cell B7", "sv"), part_text("header 1", "en")
    ('tabell 2, cell B7', 'blad page 1, cell B7', 'header 1')
    """
    if language != "sv":
        return part
    return ", ".join(_translated(piece) for piece in part.split(", "))


def _translated(piece: str) -> str:
    match = _PART.match(piece)
    if match is None or piece[match.end() : match.end() + 1] not in ("", " "):
        return piece
    return _SWEDISH[match.group()] + piece[match.end() :]
