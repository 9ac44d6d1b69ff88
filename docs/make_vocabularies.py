"""Makes the Swedish pages of docs/vocabularies from the vocabularies that ship: records, diagrams and counts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple, get_args

from termbank.formats import vocabulary_files
from termbank.language.words import collation_key
from termbank.model import Concept, Term, Vocabulary
from termbank.model.concept import RelationType, TermStatus
from termbank.model.relations import INVERSES, completed
from termbank_cli.texts import TEXTS, number

Key = tuple[str, str]  # vocabulary and id of a concept
Book = dict[Key, "Place"]
Edge = tuple[str, Key, Key]  # a relation from a concept to what is above it, after it or beside it (the better known)
SV = {key: swedish for key, (swedish, _) in TEXTS.items()}
DOCS = Path(__file__).resolve().parent / "vocabularies"
PAGES = {"names": "names", "sfs": "statutes", "regulations": "statutes", "sfs-sections": "statutes"}
MADE = "Sidan är gjord av `docs/make_vocabularies.py` ur filerna i `vocabularies/`; ändra där, inte här."
ARROWS = {
    "broader": ("-->", "hel pil"),
    "broader-generic": ("-->", "hel pil"),
    "broader-partitive": ("--o", "linje som slutar i en punkt"),
    "replaced-by": ("==>", "tjock pil"),
    "related": ("-.-", "prickad linje"),
}  # how a relation is drawn, and what the legend calls it
DIAGRAMS = (("Slag och delar", {*ARROWS} - {"related"}, 30), ("Jämför", {"related"}, 18))  # title, what, most concepts
LAYOUT = '%%{init: {"flowchart": {"nodeSpacing": 16, "rankSpacing": 70, "padding": 8, "wrappingWidth": 150}}}%%'
COUNTED = ("begrepp", "med definition", "med relation", "med engelsk term", "med källa", "med kontrolldag")
TOGETHER = "**Tillsammans**"
OUTSIDE = (
    "streckad ruta = begreppet står i ett annat diagram eller på en annan sida; det som inte är ritat står i posterna."
)


class Place(NamedTuple):
    """A concept, and where its record stands; without a page it has none."""

    key: Key
    concept: Concept
    vocabulary: Vocabulary
    page: str
    anchor: str
    title: str

    def link(self, page: str, text: str = "") -> str:
        """Write a link to the record from a page."""
        target = f"{'' if page == self.page else self.page + '.md'}#{self.anchor}"
        return f"[{escaped(text or self.title)}]({target})" if self.page else escaped(self.title)

    def links(self, book: Book, kind: str, ids: bool = False) -> str:
        """Write links to what the concept has a relation to, by its terms or by its ids."""
        found = (book[to.vocabulary or self.key[0], to.target] for to in self.concept.relations if to.type == kind)
        return ", ".join(each.link(self.page, each.concept.id if ids else "") for each in sorted(found, key=order))


def order(place: Place) -> tuple[str, str]:
    """Return what concepts are sorted by: Swedish order, and numbers by their size."""
    return collation_key(re.sub(r"\d+", lambda digits: digits.group().zfill(5), place.concept.id))


def escaped(text: str) -> str:
    """Write a text in Markdown: its signs as they are, its addresses as links."""
    signs = r"(https?://[^\s()<>]*[^\s()<>.,;:])|([\\`*_\[\]<>|~])"
    return re.sub(signs, lambda sign: f"<{sign[1]}>" if sign[1] else rf"\{sign[2]}", text)


def table(*lines: Iterable[str]) -> str:
    """Write a table; its first line is the head, and numbers stand to the right."""
    cells = [[*line] for line in lines]
    numbers = (all(re.match(r"\d[\d\s]*(\(|$)", cell) for cell in column) for column in zip(*cells[1:], strict=True))
    cells.insert(1, ["---:" if each else "---" for each in numbers])
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def period(dated: Concept | Term) -> str:
    """Write from when until when something holds."""
    ends = (("from", dated.valid_from), ("to", dated.valid_to))
    return " ".join(f"{SV[key]} {date}" for key, date in ends if date)


def about_term(term: Term) -> str:
    """Write the status of a term in its concept, and what else is known of it."""
    said = [SV[key] for key in (term.status, term.type, term.change) if key]
    said += [period(term), {"sv": "", "en": "engelska"}.get(term.language, term.language)]
    right = ", ".join(SV[key] for key in term.still_right)
    said += [SV["still-right"].format(where=right) if right else ""]
    said += [f"{name}: {escaped(text)}" for name, text in (("används", term.use), ("källa", term.source)) if text]
    return "; ".join(filter(None, said)) + (f". {escaped(term.note)}" if term.note else "")


def record(book: Book, place: Place) -> Iterator[str]:
    """Write the record of a concept."""
    concept = place.concept
    yield f'<a id="{place.anchor}"></a>'
    yield f"### {escaped(place.title)}"
    yield "\n".join(f"- **{escaped(term.text)}** – {about_term(term)}" for term in concept.terms)
    for definition in concept.definitions:
        source = f"; {escaped(definition.source)}" if definition.source else ""
        yield f"**{SV['definition']}:** {escaped(definition.text)} *({SV[definition.wording]}{source})*"
    for key, bodies in (("comment", [concept.comment]), ("notes", concept.notes), ("examples", concept.examples)):
        yield from (f"**{SV[key]}:** {escaped(body)}" for body in bodies if body)
    related = ((kind, place.links(book, kind)) for kind in get_args(RelationType))
    yield "\n".join([*characteristics(place), *(f"- {SV[kind]}: {links}" for kind, links in related if links)])
    yield " · ".join(facts(place))


def characteristics(place: Place) -> Iterator[str]:
    """Write what sets a concept apart, in the words of its vocabulary."""
    kinds = {kind.code: kind for kind in place.vocabulary.characteristic_types}
    for each in place.concept.characteristics:
        about = (kinds[each.type].description or each.type).partition(". ")[0].rstrip(".")
        said = [value.description for value in kinds[each.type].values if value.code == each.value]
        more = escaped(" – ".join(filter(None, (*said, each.note))))
        yield f"- {SV['characteristic']} ({SV[each.strength]}): *{about}:* {more}"


def facts(place: Place) -> Iterator[str]:
    """Write what is known of a concept's standing and of its source; of properties, those with a title for people."""
    concept = place.concept
    declared = {each.code: each for each in place.vocabulary.property_definitions}
    for each in concept.properties:
        known = declared[each.code]
        if known.title and each.value != concept.source:
            values = {value.code: value.description for value in known.values}
            yield f"{known.title}: {escaped(values.get(str(each.value)) or str(each.value))}"
    yield from (SV[key] for key in ("abstract", "inactive") if getattr(concept, key))
    values = {"valid": period(concept), **{key: getattr(concept, key) for key in ("decided", "checked_on", "source")}}
    yield from (f"{SV[key]}: {escaped(str(value))}" for key, value in values.items() if value)


def edges(book: Book, places: list[Place]) -> list[Edge]:
    """Return the relations of the concepts of a page, within its vocabulary; each once, upwards."""
    found: set[Edge] = set()
    for place in places:
        for each in (each for each in place.concept.relations if each.vocabulary is None):
            kind, here, there = str(each.type), place.key, (place.key[0], each.target)
            if kind not in ARROWS:
                kind, here, there = INVERSES[each.type], there, here
            elif kind == "related":
                here, there = sorted((here, there), key=lambda key: (len(book[key].concept.relations), key))
            found.add((kind, here, there))
    return sorted(found, key=lambda edge: (edge[0], edge[2], edge[1]))


def groups(drawn: list[Edge], inside: set[Key], most: int) -> list[set[Key]]:
    """Divide the concepts of a page among diagrams, those with most neighbours in common together."""
    beside: dict[Key, set[Key]] = {}
    for _, here, there in drawn:
        for one, other in ((here, there), (there, here)):
            beside.setdefault(one, {one}).add(other)
    within = [(here, there) for _, here, there in drawn if {here, there} <= inside]
    group = {key: {key} for pair in within for key in pair}
    nearest = sorted(within, key=lambda pair: -len(beside[pair[0]] & beside[pair[1]]))
    for one, other in (*nearest, *combinations(sorted(group), 2)):
        both = group[one] | group[other]
        if len(set[Key]().union(*(beside[key] for key in both))) <= most:
            group.update(dict.fromkeys(both, both))
    return sorted({id(each): each for each in group.values()}.values(), key=lambda keys: (-len(keys), min(keys)))


def flowchart(book: Book, inside: set[Key], drawn: list[Edge]) -> str:
    """Draw some concepts and what stands beside them, as Mermaid."""
    keys = sorted({key for edge in drawn for key in edge[1:]})
    names = {key: f"n{place}" for place, key in enumerate(keys, 1)}
    lines = ["```mermaid", LAYOUT, "flowchart RL"]
    for key in keys:
        label = re.sub(r'["#()<>]', lambda sign: f"#{ord(sign.group())};", book[key].title)
        lines.append(f'  {names[key]}["{label}"]' + ("" if key in inside else ":::outside"))
    lines += [f"  {names[here]} {ARROWS[kind][0]} {names[there]}" for kind, here, there in drawn]
    return "\n".join([*lines, "  classDef outside stroke-dasharray: 5 4", "```"])


def diagrams(book: Book, places: list[Place]) -> Iterator[str]:
    """Draw the relations between the concepts of a page: the hierarchy, and then what is compared."""
    inside = {place.key for place in places}
    for title, kinds, most in DIAGRAMS:
        every = [edge for edge in edges(book, places) if edge[0] in kinds]
        divided = groups(every, inside, most)
        if divided:
            yield f"## {title}"
            seen = sorted({edge[0] for edge in every}, key=[*ARROWS].index)
            yield f"{'; '.join(f'{ARROWS[kind][1]} = {SV[kind].lower()}' for kind in seen)}; {OUTSIDE}".capitalize()
        for group in divided:
            drawn = [edge for edge in every if group & {*edge[1:]}]
            ends = Counter(key for edge in drawn for key in edge[1:] if key in group)
            yield f"**Kring {', '.join(book[key].link(book[key].page) for key, _ in ends.most_common(3))}**"
            yield flowchart(book, group, drawn)


def field_page(book: Book, places: list[Place]) -> Iterator[str]:
    """Write the top of the page of a subject field."""
    yield f"# Ämnesområde: {', '.join(dict.fromkeys(place.concept.subject_field or '' for place in places))}"
    yield from diagrams(book, places)


def names_page(book: Book, places: list[Place]) -> Iterator[str]:
    """Write the top of the page of names."""
    yield "# Namn på myndigheter och organisationer"
    rows = []
    for place in places:
        for term in place.concept.terms:
            if term.status == "superseded" and term.language == "sv":
                now = place.links(book, "replaced-by") or place.link(place.page)
                right = ", ".join(SV[key] for key in term.still_right)
                dates = (str(term.valid_from or ""), str(term.valid_to or ""))
                rows.append((now, escaped(term.text), SV[term.change or term.status], *dates, right))
    head = ("Nuvarande namn", "Tidigare namn", "Vad som hände", "Från", "Till och med", "Rätt också nu i")
    yield table(head, *sorted(rows, key=lambda row: collation_key(row[0])))


def statutes_page(book: Book, places: list[Place]) -> Iterator[str]:
    """Write the top of the page of statutes: all of them, what goes on after their end, and the sections of each."""
    yield "# Författningar"
    head = ("Nummer", "Titel", "Kallas också", "I kraft från", "Till och med", "Ersätter", "Ersatt av")
    rows = []
    for place in places:
        concept = place.concept
        short = [term.text for term in concept.terms if term.type in ("abbreviation", "short-form")]
        names = ", ".join(escaped(text) for text in short if concept.id not in text)
        dates = (str(concept.valid_from or ""), str(concept.valid_to or ""))
        replaced = (place.links(book, kind, ids=True) for kind in ("replaces", "replaced-by"))
        rows.append((concept.id, place.link(place.page), names, *dates, *replaced))
    yield table(head, *rows)
    yield "## Vad som gäller eller gällde övergångsvis"
    scopes = ((place, each) for place in places for each in place.concept.properties)
    lines = ((p.link(p.page), escaped(str(each.value))) for p, each in scopes if each.code == "transitional_scope")
    yield table(("Författning", "Övergångsvis"), *lines)
    for place in places:
        rows = []
        for each in (each for each in book.values() if each.concept.id.startswith(f"{place.concept.id}-")):
            about = ". ".join(filter(None, (*(text.text for text in each.concept.definitions), each.concept.comment)))
            name = f'<a id="{each.anchor}"></a>{"".join(each.title.partition("§")[:2])}'
            rows.append((name, escaped(about), period(each.concept)))
        if rows:
            yield f"## Paragrafer i {place.link(place.page)}"
            yield table(("Paragraf", "Handlar om", "Gäller"), *rows)


def index_page(book: Book) -> Iterator[str]:
    """Write the page that leads to the others, with what can be counted."""
    groups: dict[str, dict[str, list[Concept]]] = {"Ämnesområde": {}, "Vokabulär": {}}
    for place in book.values():
        vocabulary, field = place.vocabulary, place.concept.subject_field
        for each in (TOGETHER, f"{vocabulary.title}, *{SV[vocabulary.content]}*"):
            groups["Vokabulär"].setdefault(each, []).append(place.concept)
        for each in (TOGETHER, f"[{field}]({place.page}.md)") if field else ():
            groups["Ämnesområde"].setdefault(each, []).append(place.concept)
    yield "# Begrepp, namn och författningar"
    yield f"{MADE} Hur filerna är uppbyggda står i [README.md](README.md) (på engelska)."
    for title, names in groups.items():
        counted = {name: names[name] for name in sorted(names, key=collation_key)}
        yield f"## Efter {title.lower()}"
        yield table((title, *COUNTED), *(counts(name, concepts) for name, concepts in counted.items()))
    yield "Räknat är vad varje begrepp självt har; för kodverken står källan för hela listan i dess huvud."
    yield "## Termer efter status"
    terms = {name: Counter(term.status for each in found for term in each.terms) for name, found in counted.items()}
    rows = ((name, *(number(found[each], "sv") for each in get_args(TermStatus))) for name, found in terms.items())
    yield table((title, *(SV[status] for status in get_args(TermStatus))), *rows)
    yield "## Vad som är känt av Socialstyrelsens egna poster"
    yield authority_table(book)


def authority_table(book: Book) -> str:
    """Write, field by field, of how many concepts the authority's own record is seen, mentioned or not seen."""
    code, titles = "authority_record", dict[str, str]()
    fields: dict[str, Counter[str]] = {TOGETHER: Counter()}
    for place in book.values():
        titles |= {v.code: v.description or v.code for d in place.vocabulary.property_definitions
                   if d.code == code for v in d.values}  # fmt: skip
        for known in (str(each.value) for each in place.concept.properties if each.code == code):
            for field in (TOGETHER, str(place.concept.subject_field)):
                fields.setdefault(field, Counter())[known] += 1
    rows = (
        (name, *(number(fields[name][known], "sv") for known in titles)) for name in sorted(fields, key=collation_key)
    )
    return table(("Ämnesområde", *titles.values()), *rows)


def counts(name: str, concepts: list[Concept]) -> list[str]:
    """Write how many concepts there are, and how many of them have what a reader may ask for."""
    english = ([term for term in each.terms if term.language == "en"] for each in concepts)
    asked = ((each.definitions, each.relations, next(english), each.source, each.checked_on) for each in concepts)
    having = [sum(map(bool, answers)) for answers in zip(*asked, strict=True)]
    shares = (f"{number(each, 'sv')}\u00a0({100 * each // len(concepts)}\u00a0%)" for each in having)
    return [name, number(len(concepts), "sv"), *shares]


def pages() -> dict[str, str]:
    """Return the pages: file name to Markdown."""
    found: list[Place] = []
    for header in sorted(DOCS.parents[1].glob(f"vocabularies/*/{vocabulary_files.HEADER}")):
        vocabulary, _, places, _ = vocabulary_files.read(header.parent)
        for concept in completed(vocabulary.concepts):
            page = places[concept.id].path.stem if vocabulary.id == "termbank" else PAGES.get(vocabulary.id, "")
            title = f"{'' if page else f'{vocabulary.id.upper()} {concept.id} '}{concept.display() or concept.id}"
            anchor = re.sub(r"\W+", "-", concept.id).strip("-")
            found.append(Place((vocabulary.id, concept.id), concept, vocabulary, page, anchor, title))
    book = {place.key: place for place in sorted(found, key=order)}
    made = {"index.md": [*index_page(book)]}
    for page in sorted({place.page for place in book.values() if place.page}):
        on = [place for place in book.values() if place.page == page and place.vocabulary.id != "sfs-sections"]
        top = [*{"names": names_page, "statutes": statutes_page}.get(page, field_page)(book, on)]
        titles = ", ".join(dict.fromkeys(f"*{place.vocabulary.title}*" for place in on))
        said = f"{len(on)} poster ur {titles}. {MADE} [Alla sidor](index.md)"
        top += ["## Poster", *(part for place in on for part in record(book, place))]
        made[f"{page}.md"] = [top[0], said, *top[1:]]
    return {page: "\n\n".join(filter(None, parts)) + "\n" for page, parts in made.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
