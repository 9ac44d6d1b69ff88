"""Names in WordprocessingML (ECMA-376 part 1, 17), the transitional and the strict namespace alike."""

from lxml import etree

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_STRICT_DRAWING = "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
BLANKS = " \t\n\r"
"""White space in XML."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_WORDS = """
abstractNum basedOn bdo body bookmarkEnd bookmarkStart br commentReference cr customXml del delInstrText
delText dir document docPartGallery drawing endnote endnoteReference fldChar fldSimple footerReference
footnote footnoteReference gridBefore gridSpan headerReference hyperlink ilvl ins instrText moveFrom moveTo
name noBreakHyphen numId numPr object outlineLvl p pPr pict pStyle proofErr ptab r rPr rStyle ruby rubyBase
rubyPr rt sdt sdtContent sdtEndPr sdtPr sectPr commentRangeStart commentRangeEnd smartTag softHyphen style
styles sym t tab tbl tblGrid tblPr tc tcPr tr trPr txbxContent vanish vMerge cellDel comment
"""

KINDS: dict[str, str] = {f"{{{space}}}{name}": name for space in (TRANSITIONAL, STRICT) for name in _WORDS.split()} | {
    f"{{{_COMPATIBILITY}}}AlternateContent": "AlternateContent",
    f"{{{_COMPATIBILITY}}}Choice": "Choice",
    f"{{{_COMPATIBILITY}}}Fallback": "Fallback",
    f"{{{_DRAWING}}}docPr": "docPr",
    f"{{{_STRICT_DRAWING}}}docPr": "docPr",
}
"""The names that mean something here, by the tag that lxml gives."""


def tags(*names: str) -> tuple[str, ...]:
    """Return the tags of some names, in both namespaces, for `iter`."""
    return tuple(f"{{{space}}}{name}" for space in (TRANSITIONAL, STRICT) for name in names)


def value(element: "etree._Element", name: str = "val") -> str | None:
    """Return an attribute of WordprocessingML."""
    found = element.get(f"{{{TRANSITIONAL}}}{name}")
    return found if found is not None else element.get(f"{{{STRICT}}}{name}")


def child(element: "etree._Element | None", name: str) -> "etree._Element | None":
    """Return the first child of that name, or None."""
    if element is not None:
        for each in element:
            if KINDS.get(each.tag) == name:
                return each
    return None


def number(element: "etree._Element | None", default: int = 0) -> int:
    """Return the number that an element's `w:val` says; the default if it says none or a mad one."""
    text = value(element) if element is not None else None
    try:
        found = int(text or "")
    except ValueError:
        return default
    return found if 0 <= found <= 10_000 else default


def is_on(element: "etree._Element") -> bool:
    """Return what a toggle such as `w:vanish` says; without a value it is on (ECMA-376 part 1, 17.17.4)."""
    return value(element) not in {"0", "false", "off"}


def namespace(root: "etree._Element") -> str:
    """Return the namespace, transitional or strict, that a part is written in."""
    return etree.QName(root).namespace or TRANSITIONAL
