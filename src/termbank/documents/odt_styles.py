"""What the styles of an OpenDocument text say: what a paragraph is, and what is hidden (ODF 1.3 part 3, 16.2)."""

from collections.abc import Iterable

from lxml import etree

from termbank.documents.odt_names import tag
from termbank.documents.paragraph_style import Style


class OdtStyles:
    """The styles of a document, by family and name.

    Arguments:
        roots: of `styles.xml` and `content.xml`; automatic styles of the latter are its own.
    """

    def __init__(self, roots: "Iterable[etree._Element]") -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._known: dict[tuple[str, str], Style] = {}
        for root in roots:
            for each in root.iter(tag("style:style")):
                key = each.get(tag("style:family")) or "", each.get(tag("style:name")) or ""
                self._elements[key] = each

    def get(self, family: str, name: str | None) -> Style:
        """Return what a style says, with what it takes over from its parents."""
        if not name:
            return Style()
        key = family, name
        if key not in self._known:
            self._known[key] = self._resolve(family, name)
        return self._known[key]

    def _resolve(self, family: str, name: str) -> Style:
        found = Style()
        seen: set[str] = set()
        current: str | None = name
        while current and current not in seen:
            seen.add(current)
            element = self._elements.get((family, current))
            own, current = _own(element, current)
            meaning = found if found.means_something or not own.name else own
            found = Style(meaning.name, None, None, own.hidden if found.hidden is None else found.hidden)
        return found


def _own(element: "etree._Element | None", name: str) -> tuple[Style, str | None]:
    """Return what a style itself says, and the name of its parent."""
    shown = name.replace("_20_", " ").casefold()
    if element is None:
        return Style(shown), None
    shown = (element.get(tag("style:display-name")) or shown).casefold()
    properties = element.find(tag("style:text-properties"))
    display = properties.get(tag("text:display")) if properties is not None else None
    return Style(shown, hidden=None if display is None else display == "none"), element.get(
        tag("style:parent-style-name")
    )
