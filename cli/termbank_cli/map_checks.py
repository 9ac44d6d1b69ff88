"""Mapping sets held against code lists and data: how much they cover, and which of their codes are gone."""

import datetime
from pathlib import Path
from typing import Any, Literal

import click

from termbank.model import Severity
from termbank_cli.map_algebra import FAIL_ON, FILES, Said, read_set, write_set
from termbank_cli.options import day, emit, open_bank, shared
from termbank_cli.texts import number, text

_DIRECTIONS = {"same": "same", "wider": "wider", "narrower": "narrower-code", "other": "other-relation"}
_STATUSES: tuple[Literal["mapped", "none", "missing", "unknown"], ...] = ("mapped", "none", "missing", "unknown")


@click.command()
@FILES
@click.option(
    "--of", "system", required=True, metavar="SYSTEM", help="The code system that is covered (kva, kva|2020)."
)
@click.option("--to", required=True, metavar="SYSTEM", help="The system that is translated to.")
@click.option("--on", callback=day, metavar="DATE", help="The day whose version is meant.  [default: the newest]")
@click.option("--data", type=click.Path(path_type=Path), help="Count rows of this CSV or XLSX instead of codes.")
@click.option("--column", help="Its column with the codes.  [default: the only one, or that named as the system]")
@click.option("--headings", is_flag=True, help="Count headings, too.")
@click.option("--list", "listed", multiple=True, type=click.Choice(_STATUSES), help="List the codes of this kind.")
@click.option("--min-count", default=0, help="Of data, list only codes of at least so many rows.")
@click.option("--show-values", is_flag=True, help="List values of the data that are no codes, too.")
@shared
def coverage(
    files: tuple[Path, ...], system: str, to: str, on: datetime.date | None, data: Path | None, column: str | None,
    headings: bool, listed: tuple[str, ...], min_count: int, show_values: bool, bank_path: Path | None, lang: str,
    form: str,
) -> int:  # fmt: skip
    """Show how much of a code system, or of your own data, the mapping sets in FILES translate.

    They are read from either side. Of data, values that are no codes of the system are listed only with --show-values.
    """
    from termbank.mapping import covering
    from termbank.mapping.counting import counts

    said = Said(lang, least="warning")
    sets = [read_set(path, said) for path in files]
    with open_bank(bank_path) as bank:
        if data is None:
            found = covering.coverage(bank.terminology, sets, system, to, on=on, headings=headings)
        else:
            counted, findings = counts(data, column or system.partition("|")[0], only=column is None)
            said.say(findings)
            found = covering.data_coverage(bank.terminology, sets, system, to, counted, on=on)
    hidden = "" if data is None or show_values else "unknown"
    few = 0 if data is None else min_count
    shown = [each for each in found.codes if each.status in listed and each.status != hidden and each.rows >= few]
    if form != "text":
        emit([_plain(found, shown)], form)
        return 1 if said.failed else 0
    click.echo(click.style(text("covers", lang, system=found.system, to=found.to), bold=True))
    if not found.complete:
        click.echo(f"  {text('covers-part', lang, system=found.system)}")
    for status in _STATUSES:
        if found.count(status) or status != "unknown":
            click.echo(f"  {text(f'covered-{status}', lang):<22} {_amount(found, status, lang)}")
    directions = found.directions()
    if directions:
        parts = (
            f"{text(key, lang)} {number(directions[each], lang)}"
            for each, key in _DIRECTIONS.items()
            if each in directions
        )
        click.echo(f"  {text('covered-directions', lang):<22} {', '.join(parts)}")
    for each in shown:
        rows = f"{number(each.rows, lang):>9}  " if each.rows else ""
        click.echo(f"  {rows}{click.style(f'{each.code:<12}', bold=True)} {each.title}")
    return 1 if said.failed else 0


def _amount(found: Any, status: str, lang: str) -> str:
    codes, rows, all_rows = found.count(status), found.rows(status), found.rows()
    part, whole = (rows, all_rows) if all_rows else (codes, found.count())
    share = f"{100 * part / whole:.1f} %" if whole else "–"
    share = share.replace(".", ",") if lang == "sv" else share
    key = "covered-rows" if all_rows else "covered-codes"
    return text(key, lang, codes=number(codes, lang), rows=number(rows, lang), share=share)


def _plain(found: Any, shown: list[Any]) -> dict[str, Any]:
    of_codes: dict[str, int] = {status: found.count(status) for status in _STATUSES}
    plain: dict[str, Any] = {
        "system": found.system, "to": found.to, "complete": found.complete, "total": found.count(), **of_codes,
        "directions": found.directions(),
    }  # fmt: skip
    if found.rows():
        plain["rows"] = {"total": found.rows(), **{status: found.rows(status) for status in _STATUSES}}
    return {**plain, "codes": [each._asdict() for each in shown]} if shown else plain


@click.command()
@FILES
@click.option(
    "--on", callback=day, metavar="DATE", help="The day on which codes shall be valid.  [default: newest lists]"
)
@click.option("--headings", is_flag=True, help="Tell of codes that are headings, too.")
@click.option(
    "--repair", type=click.Path(path_type=Path), help="Write proposals for codes that are gone, to be reviewed."
)
@FAIL_ON
@shared
def check(
    files: tuple[Path, ...], on: datetime.date | None, headings: bool, repair: Path | None, fail_on: Severity,
    bank_path: Path | None, lang: str, form: str,
) -> int:  # fmt: skip
    """Find codes in the mapping sets in FILES that are unknown, withdrawn, ended, inactive or called otherwise."""
    from termbank.mapping import checking, merging, repairing
    from termbank.model import Location
    from termbank.model.finding import SEVERITIES
    from termbank_cli.vocab import _finding

    said = Said(lang, fail_on)
    rows: list[dict[str, Any]] = []
    proposed = []
    failed = False
    with open_bank(bank_path) as bank:
        for path in files:
            mapping_set = read_set(path, said)
            wrong = False
            for problem in checking.check(mapping_set, bank.terminology, on, headings=headings):
                wrong = True
                finding = problem.finding
                failed = failed or SEVERITIES.index(finding.severity) >= SEVERITIES.index(fail_on)
                pair = (problem.mapping.subject, problem.mapping.object)
                named = " → ".join(f"{each.system}:{each.code}" if each else "–" for each in pair)
                where = Location(path=str(path), part=named, field=f"{problem.side}_id")
                if form == "text":
                    _finding(finding.with_(location=where), lang)
                else:
                    plain = finding.with_(location=where).model_dump(mode="json", exclude_defaults=True)
                    rows.append({**plain, "message": finding.message(lang)})
            if not wrong and form == "text":
                click.echo(text("right-codes", lang, path=path))
            if repair is not None:
                found = list(repairing.proposals(mapping_set, bank.terminology, on, language=lang))
                said.say((each.finding for each in found), path)
                proposed.append(repairing.proposed_set(mapping_set, found))
    if form != "text":
        emit(rows, form)
    if repair is not None:
        whole = (
            proposed[0] if len(proposed) == 1 else merging.merge(proposed, id=repair.name.partition(".")[0]).mapping_set
        )
        write_set(whole, repair, said, lang, "text" if form == "text" else "quiet")
    return 1 if failed or said.failed else 0
