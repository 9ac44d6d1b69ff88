"""The command that translates codes, and how translations are shown."""

import datetime
from typing import Any

import click

from termbank_cli.options import day, emit, open_bank, paragraph, shared
from termbank_cli.texts import text

_WORTH_SAYING = ("unknown-code", "withdrawn-code", "not-in-fragment", "unknown-version")


def _answers(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    wrong = next((name for name, equals, _ in pairs if not (name and equals)), None)
    if wrong is not None:
        raise click.BadParameter(f"{wrong} is no answer; write it as age=40")
    return {name.strip(): value.strip() for name, _, value in pairs}


@click.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--from", "system", required=True, help="System of the codes.")
@click.option("--to", required=True, help="System to translate to.")
@click.option("--via", multiple=True, metavar="SYSTEM", help="Go through this system; several, in order.")
@click.option("--on", callback=day, metavar="DATE", help="The day on which targets shall be valid.")
@click.option(
    "--answer", "answers", multiple=True, callback=_answers, metavar="NAME=VALUE",
    help="What is known of the case, for maps with rules (age=40, sex=female).",
)  # fmt: skip
@shared
def translate(
    codes: tuple[str, ...], system: str, to: str, via: tuple[str, ...], on: datetime.date | None,
    answers: dict[str, str], bank_path: Any, lang: str, form: str,
) -> int:  # fmt: skip
    """Translate CODES from one system to another; every mapping is shown, none is chosen.

    With --via the mappings are chained, and what is shown is no more than they justify together.
    """
    missing = False
    plain: list[Any] = []
    with open_bank(bank_path) as bank:
        for code in codes:
            try:
                found = bank.translate(system, code, to=to, via=via, on=on, answers=answers, unproven=bool(via))
            except ValueError as error:
                if answers and not hasattr(error, "finding"):
                    raise click.BadParameter(str(error), param_hint="--answer") from None
                raise
            said = [each for each in found if each.coding is None or each.relationship or not each.steps]
            missing = missing or not said
            if form != "text":
                plain.append({"code": code, "translations": [as_data(each) for each in said]})
                continue
            known = bank.validate_code(system, code, near=0)
            click.echo(f"{click.style(code, bold=True)} {known.display or ''}".rstrip())
            for finding in known.findings:
                if finding.rule in _WORTH_SAYING:
                    click.echo(f"  {finding.message(lang)}")
            if not said:
                click.echo(f"  {text('no-translation', lang)}")
            for translation in found:
                show(translation, to, lang, why=True)
            _say_choice(said, lang)
    if form != "text":
        emit(plain, form)
    return 1 if missing else 0


def as_data(translation: Any) -> dict[str, Any]:
    """Return a translation as plain data, with what becomes of the meaning."""
    found: dict[str, Any] = translation.model_dump(mode="json", exclude_defaults=True)
    return {**found, "direction": translation.direction} if translation.direction else found


def _say_choice(found: list[Any], lang: str) -> None:
    """Say that there is a choice, and whose it is; codes of different groups belong together."""
    groups = {each.group for each in found if each.coding is not None}
    codes = {(each.group, each.coding.code) for each in found if each.coding is not None}
    if len(groups) > 1:
        click.echo(f"  {text('several-groups', lang)}")
    if len(codes) > len(groups):
        click.echo(f"  {text('several-answers', lang)}")


def show(translation: Any, to: str, lang: str, why: bool = False) -> None:
    """Write a translation; with why: also what becomes of the meaning, what it rests on, and what must be known."""
    said = _said(translation, to, lang, why)
    if translation.path not in ("forward", "chained"):
        said += f", {text(translation.path, lang)}"
    where = "" if translation.steps else f" [{translation.mapping_set}]"
    click.echo(paragraph(f"→ {to}", f"{said}{where}"))
    for place, step in enumerate(translation.steps, start=1):
        inverse = f", {text('inverse', lang)}" if step.path == "inverse" else ""
        source = f"{step.source.system} {step.source.code}"
        target = _said(step, step.target.system if step.target else to, lang, why)
        click.echo(paragraph("", f"{place}. {source} {target}{inverse} [{step.mapping_set}]"))
    if not why:
        return
    if translation.direction in ("wider", "narrower"):
        click.echo(paragraph("", text(f"direction-{translation.direction}", lang)))
    if translation.valid is False:
        click.echo(paragraph("", text("target-invalid", lang)))
    for question in translation.asked:
        name = question.text or question.attribute
        wanted = f" = {question.value}" if question.value else ""
        asked = text("asked", lang, name=text(name, lang), wanted=wanted, attribute=question.attribute)
        click.echo(paragraph("", asked))
    for product in translation.products:
        click.echo(paragraph("", f"{text('product', lang)} {product.attribute} = {product.value}"))
    if translation.comment:
        click.echo(paragraph("", translation.comment))


def _said(each: Any, to: str, lang: str, why: bool) -> str:
    """Write what is said of a code: how it stands to which other, how sure that is, and how it was found."""
    coding = each.target if hasattr(each, "target") else each.coding
    if coding is None:
        said = f"{text('no-counterpart', lang)} ({to})"
    else:
        relationship = text(each.relationship or "unproven", lang)
        said = f"{relationship} {coding.system} {coding.code} {coding.display or ''}".rstrip()
    sure = []
    if each.confidence is not None:
        shown = f"{each.confidence:g}".replace(".", "," if lang == "sv" else ".")
        sure.append(f"{text('confidence', lang)} {shown}")
    if why and each.justification not in (None, "semapv:UnspecifiedMatching"):
        sure.append(text(each.justification, lang))
    return f"{said} ({', '.join(sure)})" if sure else said
