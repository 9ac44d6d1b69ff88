"""Tables of a document as HTML, from cells that say where they stand."""

from itertools import groupby

from termbank.reports.markup import element, escape
from termbank.reports.places import Cell

_MOST = 4
"""A table has empty cells where its places are at most so many times its cells; else it is sparse, and has none."""


def table(label: str, cells: list[tuple[Cell, str]], language: str) -> str:
    """Write a table; each cell stands where it says, and several texts in one cell under each other.

    It has a region that can be scrolled with the keyboard, since wide tables do not fit on narrow screens (WCAG 2.1,
    1.4.10 and 2.1.1).

    Arguments:
        label: what the table is called.
        cells: where each text stands, and the text as markup, in the order of the document.
        language: of the label.

    Returns:
        Markup; cells that nothing is in are empty.

    >>> "<td>ett</td>" in table("Tabell 1", [(Cell("table 1", 1, 2), "ett")], "sv")
    True
    """
    written = []
    first = min(where.column for where, _ in cells)
    last = max(where.column for where, _ in cells)
    rows = [(row, list(group)) for row, group in groupby(cells, key=lambda pair: pair[0].row)]
    sparse = len(rows) * (last - first + 1) > _MOST * len(cells) + 8
    for _, group in rows:
        written.append(f"<tr>{_sparse(group) if sparse else _full(group, first, last)}</tr>")
    caption = element("caption", escape(label), lang=None if language == "sv" else language)
    return (
        f'<div class="wide" role="group" aria-label="{escape(label)}" tabindex="0">'
        f'<table lang="sv">{caption}<tbody>{"".join(written)}</tbody></table></div>'
    )


def _sparse(group: list[tuple[Cell, str]]) -> str:
    return "".join(f"<td>{body}</td>" for _, body in group)


def _full(group: list[tuple[Cell, str]], first: int, last: int) -> str:
    pieces, reached = [], first
    for column, cell_group in groupby(group, key=lambda pair: pair[0].column):
        pieces.append("<td></td>" * max(0, column - reached))
        pieces.append(f"<td>{''.join(body for _, body in cell_group)}</td>")
        reached = column + 1
    pieces.append("<td></td>" * max(0, last + 1 - reached))
    return "".join(pieces)
