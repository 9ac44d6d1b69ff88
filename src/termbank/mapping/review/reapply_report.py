"""What a new edition of a code list means for a mapping set, as a colleague reads it: text, JSON or a spreadsheet."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from termbank.files import AtomicFile, write_text
from termbank.formats.formulas import neutralise
from termbank.mapping.review.reapplying import KINDS, Change, Kind, Reapplied
from termbank.mapping.review.words import plain, predicate, standing, target, titled, word
from termbank.model import Coding

_KINDS: dict[str, tuple[str, str]] = {
    "withdrawn": ("Koder som är borttagna", "Codes that are withdrawn"),
    "retitled": ("Koder med ändrad benämning", "Codes with another title"),
    "heading": ("Koder som inte längre kan väljas", "Codes that cannot be selected any more"),
    "unknown": ("Koder som utdraget saknar; läs in hela listan", "Codes that the fragment lacks; load the whole list"),
    "reconsider": ("Utan motsvarighet förut, nya koder kan passa", "Without counterpart before, new codes may fit"),
    "untitled": ("Koder utan tidigare benämning att jämföra med", "Codes without an earlier title to compare with"),
    "unmapped": ("Nya koder som inte är mappade", "New codes that are not mapped"),
    "new-target": ("Nya koder att mappa till", "New codes to map to"),
    "unchanged": ("Oförändrade", "Unchanged"),
}
_TEXTS: dict[str, tuple[str, str]] = {
    "head": ("{name} tillämpad på {edition}", "{name} applied to {edition}"),
    "carried": ("Överförda som de är: {carried} mappningar. Att granska: {review}.",
                "Carried as they are: {carried} mappings. To review: {review}."),
    "before": ("förut", "before"),
    "now": ("nu", "now"),
    "instead": ("i stället?", "instead?"),
    "mapped": ("mappad", "mapped"),
    "more": ("… och {count} till", "… and {count} more"),
    "kind": ("Vad", "What"), "side": ("Sida", "Side"), "code": ("Kod", "Code"),
    "proposals": ("Förslag", "Proposals"), "mappings": ("Mappningar", "Mappings"),
    "subject": ("från", "from"), "object": ("till", "to"),
}  # fmt: skip
_MANY = 20


def lines(reapplied: Reapplied, language: str = "sv") -> Iterator[str]:
    """Yield the report as text; of new codes the first twenty."""
    said = {key: word(_TEXTS, key, language) for key in _TEXTS}
    yield said["head"].format(name=reapplied.mapping_set.id, edition=reapplied.edition)
    yield said["carried"].format(carried=reapplied.carried, review=reapplied.to_review)
    for kind, count in reapplied.counts().items():
        yield ""
        yield f"{word(_KINDS, kind, language)}: {count}"
        if kind == "unchanged":
            continue
        few = _of(reapplied, kind)
        for change in few[:_MANY] if kind in ("unmapped", "new-target") else few:
            yield from _told(change, said, language)
        if kind in ("unmapped", "new-target") and count > _MANY:
            yield f"  {said['more'].format(count=count - _MANY)}"


def _of(reapplied: Reapplied, kind: Kind) -> list[Change]:
    return [change for change in reapplied.changes if change.kind == kind]


def _told(change: Change, said: dict[str, str], language: str) -> Iterator[str]:
    if change.before is None:
        yield f"  {titled(change.now)}"
        return
    if change.kind in ("retitled", "heading"):
        yield f"  {change.before.code}"
        width = max(len(said["before"]), len(said["now"])) + 2
        yield f"    {said['before']:<{width}}{plain(change.before.display or '–')}"
        yield f"    {said['now']:<{width}}{plain((change.now and change.now.display) or '–')}"
    else:
        yield f"  {titled(change.before)}"
    for each in change.proposals:
        yield f"    {said['instead']} {titled(each)}"
    for text in _mapped(change, language):
        yield f"    {said['mapped']}: {text}"


def _mapped(change: Change, language: str) -> Iterator[str]:
    for row in change.mappings:
        end = target(row, language) if change.side == "subject" or row.object is None else titled(row.subject)
        yield f"{end} – {predicate(row, language)}, {standing(row, language)}"


def records(reapplied: Reapplied) -> Iterator[dict[str, Any]]:
    """Yield the report as plain data: a summary, then one record a code."""
    yield {
        "edition": reapplied.edition, "carried": reapplied.carried, "to_review": reapplied.to_review,
        "counts": reapplied.counts(),
    }  # fmt: skip
    for change in reapplied.changes:
        yield {
            "kind": change.kind,
            "side": change.side,
            "before": _plain(change.before),
            "now": _plain(change.now),
            "proposals": [_plain(each) for each in change.proposals],
            "mappings": [each.model_dump(mode="json", exclude_defaults=True) for each in change.mappings],
        }


def _plain(coding: Coding | None) -> dict[str, Any] | None:
    return None if coding is None else coding.model_dump(mode="json", exclude_defaults=True)


def write(reapplied: Reapplied, path: Path, language: str = "sv") -> None:
    """Write the report: JSON, JSON Lines or XLSX by the ending of the name, else text.

    Raises:
        WriteError: the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending == ".xlsx":
        with AtomicFile(path, private=False) as file:
            file.write(_sheet(reapplied, language))
            file.commit()
    elif ending == ".jsonl":
        write_text(path, "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records(reapplied)))
    elif ending == ".json":
        write_text(path, json.dumps(list(records(reapplied)), ensure_ascii=False, indent=1) + "\n")
    else:
        write_text(path, "\n".join(lines(reapplied, language)) + "\n")


def _sheet(reapplied: Reapplied, language: str) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        names = ("kind", "side", "code", "before", "now", "proposals", "mappings")
        for place, (name, width) in enumerate(zip(names, (26, 8, 14, 40, 40, 50, 60), strict=True)):
            sheet.write_string(0, place, word(_TEXTS, name, language).capitalize(), head)
            sheet.set_column(place, place, width, wrapped)
        changes = [change for kind in KINDS for change in _of(reapplied, kind)]
        for line, change in enumerate(changes, start=1):
            code = change.before or change.now
            row = (
                word(_KINDS, change.kind, language), word(_TEXTS, change.side, language), code.code if code else "",
                (change.before.display or "") if change.before else "",
                (change.now.display or "") if change.now else "",
                "\n".join(map(titled, change.proposals)), "\n".join(_mapped(change, language)),
            )  # fmt: skip
            for place, text in enumerate(row):
                sheet.write_string(line, place, neutralise(text)[:32_000], wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(changes), 1), len(names) - 1)
    return buffer.getvalue()
