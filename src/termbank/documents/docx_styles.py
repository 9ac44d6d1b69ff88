"""What the styles of a Word document say of a paragraph: heading, list, caption, quotation, hidden, repeated."""

from lxml import etree

from termbank.documents.docx_names import KINDS, child, is_on, number, value
from termbank.documents.paragraph_style import Style


class Styles:
    """The styles of a document by id, each with what it takes over from those it is based on.

    Arguments:
        root: the root of `styles.xml`, or None.
    """

    def __init__(self, root: "etree._Element | None") -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._names: dict[str, str] = {}
        for each in root if root is not None else ():
            style_id = value(each, "styleId")
            if KINDS.get(each.tag) == "style" and style_id is not None:
                self._elements.setdefault(style_id, each)
                name = child(each, "name")
                named = (value(name) if name is not None else None) or style_id
                self._names.setdefault(named.casefold(), style_id)
        self.hides_runs = any(self.get(each).hidden for each in self._elements)

    def get(self, style_id: str | None) -> Style:
        """Return a style; one that the document does not define is judged by its id."""
        if not style_id:
            return Style()
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        return self._known[style_id]

    def id_of(self, name: str) -> str | None:
        """Return the id of a style by the name that Word gives it in every language, if the document has it."""
        return self._names.get(name)

    def _resolve(self, style_id: str) -> Style:
        found = Style()
        seen: set[str] = set()
        current: str | None = style_id
        while current and current not in seen:
            seen.add(current)
            element = self._elements.get(current)
            own = _own(element, current)
            found = Style(
                found.name if found.means_something else (own.name if own.means_something else found.name or own.name),
                own.level if found.level is None else found.level,
                own.numbered if found.numbered is None else found.numbered,
                own.hidden if found.hidden is None else found.hidden,
            )
            base = child(element, "basedOn")
            current = value(base) if base is not None else None
        return found


def _own(element: "etree._Element | None", style_id: str) -> Style:
    """Return what one style itself says."""
    if element is None:
        return Style(style_id.casefold())
    name = child(element, "name")
    properties, run = child(element, "pPr"), child(element, "rPr")
    outline = child(properties, "outlineLvl")
    numbering = child(properties, "numPr")
    vanish = child(run, "vanish")
    level = number(outline, 9) + 1 if outline is not None else None
    return Style(
        ((value(name) if name is not None else None) or style_id).casefold(),
        None if level is None else (level if level <= 9 else 0),
        None if numbering is None else numbering_on(numbering),
        None if vanish is None else is_on(vanish),
    )


def numbering_on(element: "etree._Element") -> bool:
    """Return whether a `w:numPr` makes a list item; the list 0 takes the paragraph out (ECMA-376 part 1, 17.9.18)."""
    which = child(element, "numId")
    return which is None or value(which) != "0"
