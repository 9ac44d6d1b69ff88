"""Names of the parts of documents, as a person reads them in a comment."""

import re

_SWEDISH = {
    "header": "sidhuvud",
    "footer": "sidfot",
    "footnote": "fotnot",
    "endnote": "slutnot",
    "table": "tabell",
    "cell": "cell",
    "text box": "textruta",
    "picture": "bild",
    "page": "sida",
    "sheet": "blad",
}
_WORD = re.compile(r"\b(" + "|".join(_SWEDISH) + r")(?= )")


def shown_part(part: str | None, language: str = "sv") -> str:
    """Return the name of a part, with a capital letter, in Swedish or English.

    >>> shown_part("header 1, table 2, cell B7"), shown_part("footnote 3", "en")
    ('Sidhuvud 1, tabell 2, cell B7', 'Footnote 3')
    """
    if not part:
        return ""
    said = part if language == "en" else _WORD.sub(lambda match: _SWEDISH[match[1]], part)
    return said[:1].upper() + said[1:]
