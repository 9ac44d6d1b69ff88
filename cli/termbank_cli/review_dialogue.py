"""A review in the terminal: one question at a time, one key a decision."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

import click

from termbank.mapping.review.history import Key
from termbank.mapping.review.reviewing import EXACT, PREDICATES, Decision, Review, Topic
from termbank.mapping.review.words import RELATIONSHIPS, plain, predicate, reason, standing, target, titled, word
from termbank.model import Coding, Mapping
from termbank_cli.options import width
from termbank_cli.review_texts import say

T = TypeVar("T")

_SIGNS = {"=": EXACT, "<": "skos:broadMatch", ">": "skos:narrowMatch", "~": "skos:relatedMatch"}
_INTERRUPTS = ("\x03", "\x04", "")


class Keys(Protocol):
    """Where answers come from."""

    def key(self) -> str:
        """Return a key."""
        ...

    def ask(self, prompt: str) -> str:
        """Return a text."""
        ...


class Terminal:
    """A person at a keyboard."""

    def key(self) -> str:
        """Return a key, without waiting for Enter."""
        click.echo("> ", nl=False)
        pressed = click.getchar()
        if pressed in _INTERRUPTS:
            raise KeyboardInterrupt
        click.echo("" if pressed in "\r\n" else pressed)
        return "a" if pressed in "\r\n" else pressed

    def ask(self, prompt: str) -> str:
        """Return a line."""
        answer: str = click.prompt(prompt, default="", show_default=False)
        return answer.strip()


class Script:
    """Lines of a file or a pipe: a key, and after a space what the key asks for; empty ones and `#` are passed over."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = ((number, line.strip()) for number, line in enumerate(lines, start=1))
        self._rest = ""
        self.line = 0

    def key(self) -> str:
        """Return the next key; q at the end."""
        for number, text in self._lines:
            self.line = number
            if text and not text.startswith("#"):
                key, _, rest = text.partition(" ")
                self._rest = rest.strip()
                return key
        return "q"

    def ask(self, prompt: str) -> str:
        """Return what stands after the key."""
        rest, self._rest = self._rest, ""
        return rest


class UnknownKey(click.UsageError):
    """A script has a line that means nothing."""


class Looking(NamedTuple):
    """How codes are looked up in the system that is mapped to."""

    system: str
    find: Callable[[str], Coding | None]
    search: Callable[[str], list[Coding]]


class Dialogue:
    """Asks about everything that is open.

    Arguments:
        review: the review.
        save: called after each decision.
        keys: where answers come from.
        looking: looks codes up; None: only candidates can be chosen.
        language: of what is said.
        quiet: say nothing, as a script wants it that reads the result.
    """

    def __init__(
        self, review: Review, save: Callable[[], None], keys: Keys, looking: Looking | None, language: str,
        *, quiet: bool = False,
    ) -> None:  # fmt: skip
        self._review, self._save, self._keys, self._looking = review, save, keys, looking
        self._language, self._quiet = language, quiet
        self._marked, self._comment = 0, ""
        self.decided = 0

    def run(self) -> None:
        """Ask until everything is decided or the person quits."""
        names = self._review.pending()
        place = 0
        while place < len(names):
            again = self._about(names[place], place + 1, len(names))
            if again is None:
                return
            if again == names[place]:
                place += 1
            else:
                if again in names:
                    place -= names.index(again) < place
                    names.remove(again)
                names.insert(place, again)

    def _about(self, name: Key, place: int, count: int) -> Key | None:
        """Ask about a subject until it is decided or skipped.

        Returns:
            The subject; another one, where a decision about that was undone; None to quit.
        """
        self._marked, self._comment = 0, ""
        shown = None
        while (topic := self._review.topic(name)).is_open:
            if shown != (topic, self._marked):
                self._show(topic, place, count)
                shown = (topic, self._marked)
            key = self._keys.key()
            if key in ("s", "q"):
                self._leave(topic)
                return name if key == "s" else None
            if key == "u":
                undone = self._review.undo()
                if undone is None:
                    self._tell("no-undo")
                else:
                    self._save()
                    self.decided -= 1
                    self._tell("undid", subject=titled(undone.subject))
                    if (again := (undone.subject.system, undone.subject.code)) != name:
                        return again
            else:
                self._answer(key, topic)
        return name

    def _leave(self, topic: Topic) -> None:
        """Keep a comment that was written before leaving a subject undecided."""
        if self._comment and topic.options:
            self._review.decide(topic.subject, Decision("comment", topic.options[self._marked], comment=self._comment))
            self._save()

    def _answer(self, key: str, topic: Topic) -> None:
        if key.isdigit() and 1 <= int(key) <= len(topic.options):
            self._marked = int(key) - 1
        elif key == "k":
            self._comment = self._keys.ask(say("comment", self._language))
            self._echo(self._dim("    " + say("noted", self._language, comment=self._comment)))
        elif key == "?":
            self._echo(say("help", self._language))
        elif key not in ("a", "r", "n", "c", "o", *_SIGNS):
            self._unknown(key)
        elif (decision := self._decision(key, topic)) is not None:
            self._decide(topic, decision._replace(comment=self._comment or None))
            self._marked, self._comment = 0, ""

    def _decision(self, key: str, topic: Topic) -> Decision | None:
        if key == "n":
            return Decision("none")
        option = topic.options[self._marked] if topic.options else None
        if key == "o" and self._looking is None:
            self._tell("no-system")
            return None
        if key == "o":
            asked, predicate = _with_sign(self._keys.ask(say("code", self._language)))
            coding = self._code(asked)
            made = coding and Mapping(subject=topic.subject, object=coding, predicate=predicate)
            return Decision("choose", made, instead=option) if made else None
        if option is None:
            self._tell("nothing-to-decide")
            return None
        if key == "r":
            return Decision("reject", option)
        if option.object is None:
            return Decision("none")
        chosen = self._relation() if key == "c" else _SIGNS.get(key, option.predicate)
        if chosen is None:
            return None
        return Decision("accept" if chosen == option.predicate else "change", option, chosen)

    def _relation(self) -> str | None:
        for place, each in enumerate(PREDICATES, start=1):
            self._echo(f"    {place}  {word(RELATIONSHIPS, each, self._language)}")
        return self._numbered(self._keys.ask(say("relation", self._language)), PREDICATES)

    def _code(self, asked: str) -> Coding | None:
        if self._looking is None or not asked:
            return None
        found = self._looking.find(asked)
        if found is not None:
            self._echo(f"    {titled(found)}")
            return found
        hits = self._looking.search(asked)
        if not hits or isinstance(self._keys, Script):
            self._tell("no-code", text=asked, system=self._looking.system)
            return None
        for place, each in enumerate(hits, start=1):
            self._echo(f"    {place}  {titled(each)}")
        return self._numbered(self._keys.ask(say("which", self._language)), hits)

    def _numbered(self, answer: str, offered: Sequence[T]) -> T | None:
        return offered[int(answer) - 1] if answer.isdigit() and 1 <= int(answer) <= len(offered) else None

    def _decide(self, topic: Topic, decision: Decision) -> None:
        after = self._review.decide(topic.subject, decision)
        self._save()
        self.decided += 1
        for row in after.rows:
            if row.reviewer is not None and row not in topic.rows:
                self._echo(self._dim(f"    {target(row, self._language)} – {self._standing(row)}"))

    def _standing(self, row: Mapping) -> str:
        said = standing(row, self._language)
        return said if row.object is None else f"{predicate(row, self._language)}, {said}"

    def _show(self, topic: Topic, place: int, count: int) -> None:
        place_said = say("place", self._language, place=place, all=count)
        self._echo()
        self._echo(f"{self._dim(place_said)}  {click.style(titled(topic.subject), bold=True)}")
        for row in topic.decided:
            earlier = say("earlier", self._language)
            self._echo(self._dim(f"    {earlier}: {target(row, self._language)} – {self._standing(row)}"))
        last = topic.history[-1] if topic.history else None
        if last is not None and last.action == "reapply" and last.note:
            self._echo(click.style(f"    {say('changed', self._language)}: {plain(last.note)}", fg="yellow"))
        for number, option in enumerate(topic.options, start=1):
            self._option(number, option, number == self._marked + 1)
        if not topic.options:
            self._echo(self._dim(f"    {say('no-options', self._language)}"))
        if isinstance(self._keys, Terminal):
            self._echo(self._dim(say("keys", self._language)))

    def _option(self, number: int, option: Mapping, marked: bool) -> None:
        sure = "" if option.confidence is None else f"  {option.confidence:.2f}"
        sure = sure.replace(".", ",") if self._language == "sv" else sure
        said = target(option, self._language)
        said = said if option.object is None else f"{said}  {click.style(predicate(option, self._language), fg='cyan')}"
        negated = f"  {say('says-not', self._language)}" if option.negated else ""
        self._echo(f"{'→' if marked else ' '} {number}  {said}{sure}{negated}")
        if why := reason(option):
            import textwrap

            for line in textwrap.wrap(why, width() - 6):
                self._echo(self._dim(f"     {line}"))

    def _echo(self, text: str = "") -> None:
        if not self._quiet:
            click.echo(text)

    def _dim(self, text: str) -> str:
        return click.style(text, dim=True)

    def _tell(self, name: str, **arguments: object) -> None:
        self._echo(f"    {say(name, self._language, **arguments)}")

    def _unknown(self, key: str) -> None:
        if isinstance(self._keys, Script):
            raise UnknownKey(say("script-key", self._language, line=self._keys.line, given=key))
        self._tell("unknown-key", given=repr(key))


def _with_sign(answer: str) -> tuple[str, str]:
    """Take the sign of a relationship from the end of an answer (`QT011 <`); without one the code means the same."""
    code, _, sign = answer.strip().rpartition(" ")
    return (code.strip(), _SIGNS[sign]) if code and sign in _SIGNS else (answer, EXACT)
