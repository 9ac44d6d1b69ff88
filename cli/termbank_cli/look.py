"""Commands that look things up: lookup, search."""

from pathlib import Path
from typing import Any

import click

from termbank_cli.options import emit, hanging, open_bank, paragraph, shared
from termbank_cli.texts import number, text
from termbank_cli.translating import show

STATUS_COLOUR = {"preferred": "green", "admitted": "cyan", "deprecated": "red", "superseded": "yellow"}


@click.command()
@click.argument("term")
@click.option("--in", "system", help="Look in this vocabulary only (kva, kva|2020).")
@shared
def lookup(term: str, system: str | None, bank_path: Path | None, lang: str, form: str) -> int:
    """Show a TERM or a code: what it means, its status, and how it stands to others."""
    with open_bank(bank_path) as bank:
        hits = bank.search(term, vocabulary=system, limit=50)
        found = [hit for hit in hits if hit.match in ("code", "exact")]
        if form != "text":
            emit([_with_supplements(bank, hit) for hit in found], form)
            return 0 if found else 1
        if not found:
            if _say_withdrawn(bank, term, system, lang):
                return 1
            click.echo(text("nothing", lang, text=term))
            if hits:
                click.echo(text("nearest", lang))
                for hit in hits[:5]:
                    _row(hit, lang)
            _say_fragments(bank, system, lang)
            return 1
        for place, hit in enumerate(found):
            if place:
                click.echo()
            _show(bank, hit, lang)
    return 0


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--in", "system", help="Search in this vocabulary only (kva, kva|2020).")
@click.option("--limit", default=10, show_default=True, help="How many hits at most.")
@shared
def search(words: tuple[str, ...], system: str | None, limit: int, bank_path: Path | None, lang: str, form: str) -> int:
    """Find terms and codes by WORDS, also when misspelled or only begun."""
    asked = " ".join(words)
    with open_bank(bank_path) as bank:
        hits = bank.search(asked, vocabulary=system, limit=limit)
    if form != "text":
        emit(hits, form)
    elif not hits:
        click.echo(text("no-hits", lang, text=asked))
    else:
        for hit in hits:
            _row(hit, lang)
    return 0 if hits else 1


def _with_supplements(bank: Any, hit: Any) -> dict[str, Any]:
    """Return a hit as plain data, with what supplements say of its concept and who they are."""
    plain: dict[str, Any] = hit.model_dump(mode="json", exclude_defaults=True)
    added = [
        {"info": info.model_dump(mode="json", exclude_defaults=True),
         "concept": concept.model_dump(mode="json", exclude_defaults=True)}
        for info, concept in bank.supplements(hit.vocabulary, hit.concept.id)
    ]  # fmt: skip
    return {**plain, "supplements": added} if added else plain


def _say_withdrawn(bank: Any, code: str, system: str | None, lang: str) -> bool:
    """Say of a code that only another version has which one that is, and which codes are near."""
    said = False
    for name in [system] if system else sorted({loaded.id for loaded in bank.vocabularies}):
        known = bank.validate_code(name, code)
        for finding in known.findings:
            if finding.rule == "withdrawn-code":
                said = True
                click.echo(f"{finding.message(lang)}\n{text('nearest', lang)}")
                for coding in known.near:
                    click.echo(f"  {click.style(f'{coding.code:<12}', bold=True)} {coding.display or ''}")
    return said


def _say_fragments(bank: Any, system: str | None, lang: str) -> None:
    """Say which of the vocabularies that were looked in are fragments."""
    looked = [bank.terminology.source(system)] if system else [bank.terminology.source(v.id) for v in bank.vocabularies]
    names = sorted({source.info.versioned for source in looked if source.info.content == "fragment"})
    if names:
        click.echo(text("fragments", lang, names=", ".join(names)))


def _row(hit: Any, lang: str) -> None:
    concept = hit.concept
    title = concept.display(lang) or ""
    code = click.style(f"{concept.id if _is_code(concept.id, title) else '':<12}", bold=True)
    said = [text(hit.status, lang)] if hit.status in ("deprecated", "superseded") else []
    said += [hit.supplement] if hit.supplement else []
    remark = f" ({', '.join(said)})" if said else ""
    other = "" if hit.term in (title, concept.id) else click.style(f"  ← {hit.term}{remark}", dim=True)
    click.echo(f"  {code} {title}{other}  {click.style(hit.vocabulary, dim=True)}")


def _is_code(concept_id: str, title: str) -> bool:
    """Tell whether an id says more than the term it is made of."""
    from termbank.language.words import words

    return words(concept_id) != words(title)


def _show(bank: Any, hit: Any, lang: str) -> None:
    concept = hit.concept
    source = bank.terminology.source(*hit.vocabulary.split("|", 1))
    info = source.info
    title = concept.display(lang) or concept.id
    coded = _is_code(concept.id, title)
    heading = f"{concept.id}  {title}" if coded else title
    named = [] if coded or concept.id == title else [f"id {concept.id}"]
    where = " · ".join([info.versioned, *named, info.title, text(info.content, lang)])
    click.echo(f"{click.style(heading, bold=True)}\n  {click.style(where, dim=True)}")
    if hit.status not in ("preferred", "unknown"):
        status = click.style(text(hit.status, lang), fg=STATUS_COLOUR.get(hit.status))
        said = text("by" if hit.supplement else "here", lang, term=hit.term, status=status, who=hit.supplement)
        instead = "" if hit.status == "admitted" else _instead(bank, source, concept, hit.term, lang)
        click.echo(f"  {said}{instead}")
    if len(concept.terms) > 1 or (concept.terms[0:1] and concept.terms[0].part_of_speech):
        _terms(concept, lang)
    for info, added in bank.supplements(hit.vocabulary, concept.id):
        _supplement(info, added, lang)
    _facts(bank, source, concept, lang)


def _instead(bank: Any, source: Any, concept: Any, term: str, lang: str) -> str:
    """Say what to use in place of a term: the preferred term, or the concepts that replaced this one."""
    language = next((each.language for each in concept.terms if each.text == term), "sv")
    preferred = [t.text for t in concept.terms if t.status == "preferred" and t.language == language]
    if not preferred:
        preferred = _relations(bank, source, concept, lang).get("replaced-by", [])
    return f"; {text('use-instead', lang)} {', '.join(preferred)}" if preferred else ""


def _terms(concept: Any, lang: str) -> None:
    for term in concept.terms:
        kinds = [text(key, lang) for key in (term.part_of_speech, term.type, term.change) if key]
        if term.valid_from or term.valid_to:
            kinds.append(_period(term, lang))
        if term.still_right:
            kinds.append(text("still-right", lang, where=", ".join(text(key, lang) for key in term.still_right)))
        kinds += [each for each in (term.use, term.note) if each]
        kinds += [term.language] if term.language != "sv" else []
        status = click.style(text(term.status, lang), fg=STATUS_COLOUR.get(term.status))
        click.echo(hanging(f"{term.text}  ({', '.join([status, *kinds])})", indent=4))


def _supplement(info: Any, added: Any, lang: str) -> None:
    """Write what a supplement adds to a concept, and who says it."""
    by = f" · {info.publisher}" if info.publisher else ""
    click.echo(f"  {click.style(text('supplement', lang), dim=True)} {info.versioned} · {info.title}{by}")
    _terms(added, lang)
    for body in (added.comment, *added.notes):
        if body:
            click.echo(paragraph(text("comment", lang), body, indent=4))
    if origin := added.source or info.source:
        click.echo(paragraph(text("source", lang), origin, indent=4))


def _period(dated: Any, lang: str) -> str:
    """Write from when until when something holds."""
    ends = (("from", dated.valid_from), ("to", dated.valid_to))
    return " ".join(f"{text(key, lang)} {date}" for key, date in ends if date)


def _facts(bank: Any, source: Any, concept: Any, lang: str) -> None:
    definition = concept.definition(lang)
    if definition is not None:
        says = f" ({text(definition.wording, lang)}{'; ' + definition.source if definition.source else ''})"
        click.echo(paragraph(text("definition", lang), definition.text + says))
    if concept.comment:
        click.echo(paragraph(text("comment", lang), concept.comment))
    for key in ("notes", "examples"):
        for body in getattr(concept, key):
            click.echo(paragraph(text(key, lang), body))
    if concept.subject_field:
        click.echo(paragraph(text("subject_field", lang), concept.subject_field))
    for kind, targets in _relations(bank, source, concept, lang).items():
        click.echo(paragraph(text(kind, lang), "; ".join(targets)))
    _characteristics(source, concept, lang)
    _properties(source, concept)
    _standing(source, concept, lang)
    for to in _translated_to(bank, source.info.id):
        for translation in bank.translate(source.info.id, concept.id, to=to):
            show(translation, to, lang, why=to == source.info.id)
    if concept.decided:
        click.echo(paragraph(text("decided", lang), str(concept.decided)))
    origin = concept.source or source.info.source
    if origin:
        checked = f" ({text('checked_on', lang).lower()} {concept.checked_on})" if concept.checked_on else ""
        click.echo(paragraph(text("source", lang), origin + checked))


def _standing(source: Any, concept: Any, lang: str) -> None:
    """Write how a concept may be used: whether it is a heading, and from when until when it is valid."""
    entry = source.find(concept.id)
    below = len(source.descendants(entry))
    if below and not any(relation.type.startswith("narrower") for relation in concept.relations):
        click.echo(paragraph(text("below", lang), number(below, lang)))
    if concept.abstract:
        click.echo(paragraph("", text("abstract", lang)))
    elif below and "selectable" in source.info.assumptions:
        click.echo(paragraph("", text("assumed-abstract", lang)))
    if concept.valid_from or concept.valid_to:
        click.echo(paragraph(text("valid", lang), _period(concept, lang)))


def _translated_to(bank: Any, vocabulary: str) -> list[str]:
    """Return the vocabularies that a vocabulary is mapped to or from; itself, where a set maps an old part to a new."""
    sides = [(each.subject_source, each.object_source) for each in bank.mapping_sets]
    return sorted({other for a, b in sides for one, other in ((a, b), (b, a)) if one == vocabulary and other})


def _characteristics(source: Any, concept: Any, lang: str) -> None:
    """Write what sets the concept apart, as the vocabulary declares it."""
    kinds = {kind.code: kind for kind in source.info.characteristic_types}
    for each in concept.characteristics:
        kind = kinds.get(each.type)
        values = {value.code: value.description for value in kind.values} if kind else {}
        said = values.get(each.value) or each.value
        click.echo(paragraph(text("characteristic", lang), f"{said} ({text(each.strength, lang)})"))


def _properties(source: Any, concept: Any) -> None:
    """Write the properties that the vocabulary has a title for."""
    declared = {each.code: each for each in source.info.property_definitions}
    said: dict[str, list[str]] = {}
    for each in concept.properties:
        known = declared.get(each.code)
        if known is not None and known.title:
            values = {value.code: value.description for value in known.values}
            said.setdefault(known.title, []).append(values.get(each.value) or str(each.value))
    for title, bodies in said.items():
        click.echo(paragraph(title, "; ".join(bodies)))


def _relations(bank: Any, source: Any, concept: Any, lang: str) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for relation in concept.relations:
        if relation.vocabulary is None:
            target = source.concept(relation.target)
        else:
            target = bank.concept(relation.vocabulary, relation.target, strict=False)
        title = (target.display(lang) or relation.target) if target else None
        named = f"{relation.target} {title}" if title and _is_code(relation.target, title) else title
        where = f" [{relation.vocabulary}]" if relation.vocabulary else ""
        grouped.setdefault(relation.type, []).append((named or relation.target) + where)
    return grouped
