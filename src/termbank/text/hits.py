"""What a rule says of a text, before it is told as a finding."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from termbank.model.finding import Edit, Severity
from termbank.text.view import View


class Hit(NamedTuple):
    """One place where a rule has something to say.

    Arguments:
        rule: id of the rule.
        start, end: the words concerned, as offsets in the document's text.
        key: what it is about, a concept or a citation; one finding is told per rule, key and document, unless asked.
        arguments: what the rule's text is filled with, as (name, value) pairs.
        edit: what would be right instead of the words, where that is certain; None: nobody but the author can tell.
        hint: what to do, where that is more than the rule's own advice, in Swedish and English.
        concepts: related concepts, as `vocabulary#id`.
        severity: where it is another than the rule's own.
        agreeing: changes to other words that the edit brings with it: an article that has to agree.
    """

    rule: str
    start: int
    end: int
    key: str
    arguments: tuple[tuple[str, str], ...] = ()
    edit: str | None = None
    hint: tuple[str, str] | None = None
    concepts: tuple[str, ...] = ()
    severity: Severity | None = None
    agreeing: tuple[Edit, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All its changes, in the order of the text."""
        if self.edit is None:
            return ()
        return tuple(sorted((*self.agreeing, Edit(start=self.start, end=self.end, text=self.edit)), key=_place))


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


class TextRule(Protocol):
    """A rule of the catalogue that looks at texts; made once per bank, used for many texts."""

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield what the rule says of a text, in any order."""
        ...
