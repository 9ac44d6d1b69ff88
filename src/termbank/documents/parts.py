"""Names of the parts of documents, as a person reads them in a comment."""

from termbank.model.parts import part_text


def shown_part(part: str | None, language: str = "sv") -> str:
    """Return the name of a part, with a capital letter, in Swedish or English.

    >>> shown_part("header 1, table 2, cell B7"), shown_part("footnote 3", "en")
    ('Sidhuvud 1, tabell 2, cell B7', 'Footnote 3')
    """
    said = part_text(part or "", language)
    return said[:1].upper() + said[1:]
