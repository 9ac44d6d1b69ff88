"""Fields in Word documents: instructions are not text, results are, and tables of contents repeat other text.

ECMA-376 part 1, 17.16: a complex field is `begin`, instruction, `separate`, result, `end`, in runs that may be
paragraphs apart, and may hold other fields.
"""

from lxml import etree

from termbank.documents.docx_names import KINDS, tags, value

REPEATING = frozenset({"TOC", "INDEX", "TOA"})
"""Fields whose result repeats text of the document."""

_FLOWS = frozenset({"body", "txbxContent", "footnote", "endnote", "document"})


def whole_fields(root: "etree._Element") -> "dict[etree._Element, str]":
    """Return the `w:fldChar` elements of complex fields that begin and end, with what each is.

    One without its counterpart is left out: what follows a field that never ends would be lost otherwise. Fields are
    matched within a flow of text; what was deleted with tracked changes does not count.
    """
    flows: dict[etree._Element, list[etree._Element]] = {}
    for each in root.iter(*tags("fldChar")):
        flow = root
        for above in each.iterancestors():
            kind = KINDS.get(above.tag)
            if kind in {"del", "moveFrom"}:
                break
            if kind in _FLOWS:
                flow = above
                break
        else:
            flow = root
        if kind not in {"del", "moveFrom"}:
            flows.setdefault(flow, []).append(each)
    found: dict[etree._Element, str] = {}
    for marks in flows.values():
        running: list[list[etree._Element]] = []
        for mark in marks:
            kind = value(mark, "fldCharType")
            if kind == "begin":
                running.append([mark])
            elif kind == "separate" and running and len(running[-1]) == 1:
                running[-1].append(mark)
            elif kind == "end" and running:
                begin, *rest = running.pop()
                found[begin] = "begin"
                found |= dict.fromkeys(rest, "separate")
                found[mark] = "end"
    return found


class Fields:
    """Follows the fields of one flow of text while it is read.

    Arguments:
        marks: what `whole_fields` returned.
    """

    def __init__(self, marks: "dict[etree._Element, str]") -> None:
        self._marks = marks
        self._running: list[list[str]] = []  # what is read of each open field, and its instruction
        self.silent = False
        """Whether what is read now is no text: an instruction, or the result of a field that repeats."""

    def mark(self, element: "etree._Element") -> None:
        """Pass a `w:fldChar`."""
        kind = self._marks.get(element)
        if kind == "begin":
            self._running.append(["instruction", ""])
        elif kind == "separate" and self._running:
            self._running[-1][0] = "repeated" if repeats(self._running[-1][1]) else "result"
        elif kind == "end" and self._running:
            self._running.pop()
        self.silent = any(state != "result" for state, _ in self._running)

    def instruction(self, element: "etree._Element") -> None:
        """Pass a `w:instrText`."""
        if self._running and len(self._running[-1][1]) < 100:
            self._running[-1][1] += element.text or ""


def repeats(instruction: str) -> bool:
    r"""Return whether a field's result repeats text that stands elsewhere.

    >>> repeats(' TOC \\o "1-3" '), repeats(" REF _Ref1 ")
    (True, False)
    """
    return instruction.split()[:1] != [] and instruction.split(maxsplit=1)[0].upper() in REPEATING
