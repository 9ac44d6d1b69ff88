"""Mapping sets reviewed: in the terminal, in a spreadsheet, in Usagi; and applied to a new edition of a code list."""

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from termbank.errors import WriteError
from termbank.model import Coding, Finding, Mapping, MappingSet
from termbank.model.rules import rule
from termbank_cli.map_algebra import Said
from termbank_cli.options import emit, open_bank, shared
from termbank_cli.review_texts import say

if TYPE_CHECKING:
    from termbank.mapping.review.reviewing import Review
    from termbank_cli.review_dialogue import Looking

_PATH = click.Path(path_type=Path)
_CANDIDATES = 5
_HITS = 9
_NAME = click.option("--as", "name", metavar="NAME", help="Who decides; kept with each decision.")


class _Changed(WriteError):
    """Somebody else changed the file meanwhile."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message("en"))
        self.finding = finding


class _Kept:
    """The file that a review is kept in: written whole after each decision, unless somebody else changed it."""

    def __init__(self, path: Path, review: "Review") -> None:
        from termbank.store import library

        self.path, self._review = path, review
        self._known = library.shipped_systems()
        self._seen = self._digest()
        self.losses: Any = None

    def _digest(self) -> str | None:
        return hashlib.sha256(self.path.read_bytes()).hexdigest() if self.path.is_file() else None

    def save(self) -> None:
        """Write the set as it stands.

        Raises:
            WriteError: it cannot be written, or somebody else changed it meanwhile.
        """
        from termbank.formats import sssom

        if self._digest() != self._seen:
            raise _Changed(rule("review-changed-meanwhile").finding(path=self.path))
        self.losses = sssom.write(self._review.mapping_set, self.path, self._known)
        self._seen = self._digest()


@click.command()
@click.argument("file", metavar="SET", type=_PATH)
@click.option("--to", metavar="SYSTEM", help="The code system that is mapped to.  [default: that of the set]")
@click.option("--from", "source", metavar="SYSTEM", help="Ask also about codes of this system that SET does not map.")
@click.option("--suggest", is_flag=True, help="Look for candidates where there is no answer.")
@_NAME
@click.option("-o", "--output", type=_PATH, help="Keep the review in this file.  [default: SET itself]")
@click.option("--sheet", type=_PATH, help="Write a spreadsheet to be filled in (XLSX), and stop.")
@click.option("--usagi", type=_PATH, help="Write a file for Usagi (CSV), and stop.")
@click.option("--open-only", is_flag=True, help="Leave out of the spreadsheet what is decided.")
@click.option("--apply", "returned", type=_PATH, help="Take the decisions from a spreadsheet, Usagi file or other set.")
@shared
def review(
    file: Path, to: str | None, source: str | None, suggest: bool, name: str | None, output: Path | None,
    sheet: Path | None, usagi: Path | None, open_only: bool, returned: Path | None, bank_path: Path | None, lang: str,
    form: str,
) -> int:  # fmt: skip
    """Review the mappings in SET one by one: accept, reject, change, comment. Each decision is saved at once.

    Without a terminal, decisions are read from standard input: a key a line, and after a space what it asks for
    (a, r, n, c 3, o CODE, k COMMENT, s, u, q).
    """
    from termbank.formats import mapping_files
    from termbank.mapping.review.reviewing import Review
    from termbank.store import library

    said = Said(lang, least="warning")
    kept_in = output or file
    reads_only = sheet is not None or usagi is not None
    if not (_is_sssom(kept_in) or reads_only):
        raise click.UsageError(say("not-sssom", lang, path=kept_in))
    begun = output is not None and output.exists()
    path = kept_in if begun else file
    reading = mapping_files.read(path, known=library.shipped_systems(), target=None if _is_sssom(path) else to)
    said.say(each for each in reading.findings if each.severity != "info")
    if reading.refused and kept_in == path and not reads_only:
        raise click.UsageError(say("cannot-keep", lang, path=path))
    by = name or ("–" if reads_only else _who(lang))
    with open_bank(bank_path) as bank:
        system = to or reading.mapping_set.object_source
        subjects = _unmapped(bank, source, reading.mapping_set) if source else ()
        suggested = _suggest(bank, system, reading.mapping_set) if suggest else None
        started = Review(reading.mapping_set, by, subjects=subjects, suggest=suggested)
        if reads_only:
            return _hand_out(started, sheet, usagi, open_only, said, lang, form)
        kept = _Kept(kept_in, started)
        looking = _looking(bank, system) if system else None
        if returned is not None:
            return _take(started, kept, returned, looking, said, lang, form)
        return _talk(started, kept, looking, said, lang, form)


def _is_sssom(path: Path) -> bool:
    return path.name.lower().endswith((".sssom.tsv", ".sssom.json", ".tsv"))


def _who(lang: str) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError("--as NAME: say who decides")
    import getpass

    name: str = click.prompt(say("who", lang), default=getpass.getuser())
    return name.strip()


def _unmapped(bank: Any, system: str, mapping_set: MappingSet) -> Iterator[Coding]:
    """Yield the codes of a system that can be chosen and are not in a set."""
    from termbank.mapping.review.reapplying import selectable

    source = bank.terminology.source(system)
    resolve = bank.terminology.names.resolve
    known = {row.subject.code for row in mapping_set.mappings if resolve(row.subject.system).id == source.info.id}
    for entry in source.entries(source.everything()):
        if entry.code not in known and selectable(source, entry):
            info = source.info
            yield Coding(system=info.id, code=entry.code, version=info.version, display=entry.display or None)


def _suggest(bank: Any, system: str | None, mapping_set: MappingSet) -> Callable[[Coding], list[Mapping]]:
    """Return what proposes candidates; what is proposed is that they mean the same."""
    if system is None:
        raise click.UsageError("--suggest needs --to SYSTEM")
    from termbank.mapping.review.reviewing import EXACT
    from termbank.mapping.suggest.suggesting import Suggester

    suggester = Suggester(bank.terminology, system, decisions=[mapping_set])

    def propose(subject: Coding) -> list[Mapping]:
        found = suggester.propose(subject, _CANDIDATES)
        return [each.model_copy(update={"predicate": EXACT}) for each in found]

    return propose


def _looking(bank: Any, system: str) -> "Looking | None":
    """Return what looks codes up in a system; None where that is not in the bank."""
    from termbank.errors import UnknownVocabulary
    from termbank_cli.review_dialogue import Looking

    try:
        source = bank.terminology.source(system)
    except UnknownVocabulary:
        return None

    def find(code: str) -> Coding | None:
        found = bank.validate_code(system, code, near=0)
        if not found.valid:
            return None
        return Coding(system=found.system, code=found.code, version=found.version, display=found.display)

    def search(text: str) -> list[Coding]:
        codes = [hit.concept.id for hit in bank.search(text, vocabulary=system, limit=_HITS)]
        return [coding for coding in map(find, codes) if coding is not None]

    return Looking(source.info.versioned, find, search)


def _hand_out(
    review: "Review", sheet: Path | None, usagi: Path | None, open_only: bool, said: Said, lang: str, form: str
) -> int:
    """Write what others fill in."""
    from termbank.formats import mapping_files
    from termbank.mapping.review import sheet as review_sheet

    for path in filter(None, (sheet, usagi)):
        if path == usagi:
            losses = mapping_files.write(review.mapping_set, path, "usagi")
            said.say(mapping_files.loss_findings(losses, path))
            rows = len(review.mapping_set.mappings)
        else:
            rows = review_sheet.write(review, path, lang, open_only=open_only)
        if form == "text":
            click.echo(say("sheet", lang, path=path, rows=rows))
        else:
            emit([{"path": str(path), "rows": rows}], form)
    return 1 if said.failed else 0


def _take(
    review: "Review", kept: _Kept, path: Path, looking: "Looking | None", said: Said, lang: str, form: str
) -> int:
    """Take the decisions that came back."""
    from termbank.formats import mapping_files
    from termbank.mapping.review import returned as review_returned
    from termbank.mapping.review import sheet_reading as review_sheet_reading

    if path.suffix.lower() in (".xlsx", ".xlsm"):
        found = review_sheet_reading.read(path, review, looking.find if looking else None)
    else:
        header = review.mapping_set
        reading = mapping_files.read(path, source=header.subject_source, target=header.object_source)
        said.say(each for each in reading.findings if each.severity != "info")
        found = review_returned.of_set(review, reading.mapping_set, reading.places, lang)
    said.say(found.findings)
    decided = found.apply(review)
    if decided or not kept.path.exists():
        kept.save()
    counts = {
        "rows": found.rows, "decided": decided, "already": found.already, "unchanged": found.unchanged,
        "refused": found.refused, "missing": found.missing,
    }  # fmt: skip
    if form == "text":
        click.echo(say("applied", lang, path=path, **counts))
        click.echo(say("done", lang, decided=decided, left=review.open_count(), path=kept.path))
    else:
        findings = [
            {**each.model_dump(mode="json", exclude_defaults=True), "message": each.message(lang)}
            for each in found.findings
        ]
        emit([{"path": str(kept.path), **counts, "left": review.open_count(), "findings": findings}], form)
    return 1 if said.failed or found.refused else 0


def _talk(review: "Review", kept: _Kept, looking: "Looking | None", said: Said, lang: str, form: str) -> int:
    """Ask, and keep each decision."""
    from termbank_cli.review_dialogue import Dialogue, Script, Terminal

    left = len(review.pending())
    if form == "text":
        key = "begin" if left else "nothing"
        click.echo(say(key, lang, path=kept.path, left=left, all=len(review)))
    keys = Terminal() if sys.stdin.isatty() else Script(iter(sys.stdin))
    dialogue = Dialogue(review, kept.save, keys, looking, lang, quiet=form != "text")
    try:
        dialogue.run()
    finally:
        if form == "text" and left:
            click.echo()
            click.echo(say("done", lang, decided=dialogue.decided, left=review.open_count(), path=kept.path))
    if form != "text":
        emit([{"path": str(kept.path), "decided": dialogue.decided, "left": review.open_count()}], form)
    if kept.losses is not None:
        from termbank.formats import mapping_files

        said.say(mapping_files.loss_findings(kept.losses, kept.path))
    return 1 if said.failed else 0


@click.command()
@click.argument("file", metavar="SET", type=_PATH)
@click.option("--edition", required=True, metavar="SYSTEM|VERSION", help="The new edition: kva|2026.")
@click.option("--old", metavar="VERSION", help="The edition that was decided on.  [default: as SET says]")
@click.option("--side", type=click.Choice(["subject", "object"]), help="Its side of SET.  [default: all it fits]")
@click.option("-o", "--output", required=True, type=_PATH, help="The new set; what is not sure is open for review.")
@click.option("--report", type=_PATH, help="Write what changed here: .txt, .json, .jsonl or .xlsx.  [default: stdout]")
@_NAME
@shared
def reapply(
    file: Path, edition: str, old: str | None, side: Literal["subject", "object"] | None, output: Path,
    report: Path | None, name: str | None, bank_path: Path | None, lang: str, form: str,
) -> int:  # fmt: skip
    """Apply the decisions in SET to a new edition of a code list, and show what changed.

    Only what is sure is carried: codes that are there with the same title. The rest is open in the new set: go on with
    termbank map review.
    """
    from termbank.formats import mapping_files
    from termbank.mapping.review import reapply_report, reapplying
    from termbank.mapping.review.reviewing import TOOL
    from termbank.store import library

    said = Said(lang, least="warning")
    known = library.shipped_systems()
    reading = mapping_files.read(file, known=known)
    said.say(each for each in reading.findings if each.severity != "info")
    with open_bank(bank_path) as bank:
        terminology = bank.terminology

        def resolve(system: str) -> str:
            found: str = terminology.names.resolve(system).id
            return found

        new = terminology.source(edition)
        version = old or _version(reading.mapping_set, new.info.id, new.info.version, resolve)
        before = next((each for each in terminology.versions(new.info.id) if each.info.version == version), None)
        if before is None and old is not None:
            before = terminology.source(new.info.id, old)
        try:
            near = _near(terminology, new.info.id, new.info.version)
            by = name or TOOL
            done = reapplying.reapply(reading.mapping_set, new, before, by=by, side=side, resolve=resolve, near=near)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        losses = mapping_files.write(done.mapping_set, output, known=known)
        said.say(mapping_files.loss_findings(losses, output))
        if report is not None:
            reapply_report.write(done, report, lang)
    if form != "text":
        emit(reapply_report.records(done), form)
    else:
        shown = list(reapply_report.lines(done, lang))
        click.echo("\n".join(shown[:2] if report is not None else shown))
        click.echo(say("written", lang, path=output, count=len(done.mapping_set.mappings)))
    return 1 if said.failed else 0


def _near(terminology: Any, system: str, version: str | None) -> Callable[[Coding], list[Coding]]:
    """Return what proposes codes for one that is withdrawn, by its title."""
    made: list[Any] = []

    def near(coding: Coding) -> list[Coding]:
        from termbank.mapping.suggest.suggesting import Suggester

        if not made:
            made.append(Suggester(terminology, system, version))
        return [each.coding for each in made[0].suggest(coding.display or coding.code, 3)]

    return near


def _version(mapping_set: MappingSet, system: str, new: str | None, resolve: Callable[[str], str]) -> str | None:
    """Return the version that most codes of a system in a set are of, but for the new one."""
    codings = (each for row in mapping_set.mappings for each in (row.subject, row.object) if each is not None)
    found = Counter(each.version for each in codings if resolve(each.system) == system and each.version != new)
    return found.most_common(1)[0][0] if found else None
