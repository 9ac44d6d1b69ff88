"""The notes on findings as HTML: what is wrong, what to do, and the entries of the concepts they name."""

from collections.abc import Sequence

from termbank.reports.entries import entry
from termbank.reports.marks import kind
from termbank.reports.markup import element, escape, prose
from termbank.reports.report import Report
from termbank.reports.shown import Shown
from termbank.reports.texts import quoted, text


class Notes:
    """Writes the notes of one document; what has been said once is not said again, but led back to.

    Arguments:
        report: the run.
        prefix: what ids begin with.
        language: `sv` or `en`.
        in_text: numbers of the findings that are marked in the text; their notes lead back to it.
    """

    def __init__(self, report: Report, prefix: str, language: str, in_text: frozenset[int]) -> None:
        self.report = report
        self.prefix = prefix
        self.language = language
        self.in_text = in_text
        self.advised: dict[str, int] = {}
        self.explained: dict[str, int] = {}

    def written(self, found: Sequence[Shown]) -> str:
        """Write the notes of findings that begin in one place."""
        spoken = None if self.language == "sv" else self.language
        return element("ul", "".join(self._note(each) for each in found), class_="notes", lang=spoken)

    def _note(self, each: Shown) -> str:
        body = [self._head(each), element("p", prose(each.message), class_="message")]
        if each.proposal:
            body.append(self._labelled("proposal", f"{_capital(each.proposal)}."))
        body += self._advice(each)
        return f'<li class="note {kind(each)}" id="{self.prefix}-n{each.number}">{"".join(body)}</li>'

    def _head(self, each: Shown) -> str:
        severity = text(each.severity, self.language)
        if each.number in self.in_text:
            name = text("to-text", self.language, number=each.number)
            number = (
                f'<a class="num {each.severity[0]}" href="#{self.prefix}-m{each.number}" '
                f'aria-label="{escape(name)}">{each.number}</a>'
            )
        else:
            number = f'<span class="num {each.severity[0]}">{each.number}</span>'
        said = [f'<b class="sev">{escape(_capital(severity))}</b>']
        if each.known:
            said.append(escape(text("known", self.language)))
        if each.words and each.words.casefold() not in each.message.casefold():
            said.append(f'<span lang="sv">{escape(quoted(_short(each.words), self.language))}</span>')
        location = each.finding.location
        if each.place and (self.report.mask or (location and (location.line or location.part))):
            said.append(f"<small>{escape(each.place)}</small>")
        return element("p", f"{number} {' · '.join(said)}", class_="head")

    def _labelled(self, key: str, body: str) -> str:
        return f'<p class="{key}"><b>{escape(text(key, self.language))}:</b> {prose(body)}</p>'

    def _advice(self, each: Shown) -> list[str]:
        """Write advice and entries; those that an earlier note has are led to."""
        said, see = [], []
        if each.advice:
            if (earlier := self.advised.setdefault(each.advice, each.number)) == each.number:
                said.append(self._labelled("advice", each.advice))
            else:
                see.append((text("advice", self.language), earlier))
        if each.hint:
            said.append(element("p", prose(each.hint), class_="hint"))
        for name in () if self.report.mask else each.finding.concepts:
            if name in self.report.entries:
                if (earlier := self.explained.setdefault(name, each.number)) == each.number:
                    said.append(entry(self.report, name, self.language))
                else:
                    concept = self.report.entries[name]
                    see.append((text("concept", self.language, term=concept.display("sv") or concept.id), earlier))
        return [self._see(see), *said] if see else said

    def _see(self, see: list[tuple[str, int]]) -> str:
        links = "; ".join(
            f'{escape(label)}: {text("see", self.language)} <a href="#{self.prefix}-n{number}">{number}</a>'
            for label, number in see
        )
        return f'<p class="see">{links}</p>'


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79].rstrip()}…"


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
