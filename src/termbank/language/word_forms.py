"""The inflected forms of one Swedish word, and which of them give way to other words.

Sources: Svenska Akademiens grammatik (1999), volume 2; SAOL 14.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from termbank.language import adjectives, nouns, verbs
from termbank.language.lexicon import Lexicon


class Form(NamedTuple):
    """A form of a term.

    Arguments:
        text: the form, written as the term is.
        features: which form it is; empty: not known.
        guess: whether it follows a pattern that nothing but the word's last letters speaks for.
    """

    text: str
    features: tuple[str, ...] = ()
    guess: bool = False


def word_forms(
    term: str, part_of_speech: str | None, declared: Sequence[str] = (), lexicon: Lexicon | None = None
) -> tuple[Form, ...]:
    """Return the forms of a word, the word itself first.

    Arguments:
        term: a term of one word, as the vocabulary writes it.
        part_of_speech: its word class, as `Term.part_of_speech`; None: a guess by its ending.
        declared: forms that the vocabulary gives; they choose the pattern, and are always among the forms.
        lexicon: an open word list, which chooses the pattern where neither these nor our own tables do.

    Returns:
        The forms, each text and features once.

    >>> [form.text for form in word_forms("plan", "noun", ["planer"])]
    ['plan', 'plans', 'planen', 'planens', 'planer', 'planers', 'planerna', 'planernas']
    >>> word_forms("samordna", "verb")[2]
    Form(text='samordnade', features=('pst', 'act'), guess=False)
    """
    found: list[Form]
    word = term.lower()
    kind = part_of_speech or "noun"
    given = [form.lower() for form in declared if " " not in form]
    front, hyphen, last = term.rpartition("-")
    if front and len(last) > 1 and last.islower():
        own = [form.rpartition("-")[2] for form in declared if form.startswith(front + hyphen)]
        found = [form._replace(text=front + hyphen + form.text) for form in word_forms(last, kind, own, lexicon)]
        return (*found, *_missing(declared, found, kind))
    if not word or not word[-1].isalpha():
        found = [Form(word)]
    elif any(letter.isupper() for letter in term[1:]):
        return _abbreviation(term, declared)
    elif kind in _MAKERS:
        found = list(_MAKERS[kind](word, given, lexicon))
    else:
        found = [Form(word)]
    if lexicon:
        found = [form for form in found if not (form.guess and _belongs_elsewhere(form.text, word, lexicon))]
    if term != word:
        found = [form._replace(text=form.text[:1].upper() + form.text[1:]) for form in found]
    return tuple(dict.fromkeys([*found, *_missing(declared, found, kind)]))


def _missing(declared: Iterable[str], found: Iterable[Form], kind: str) -> list[Form]:
    """Return the declared forms that no pattern makes."""
    known = {form.text.lower() for form in found}
    return [Form(form, _features_by_ending(form, kind)) for form in declared if form.lower() not in known]


def _abbreviation(term: str, declared: Sequence[str]) -> tuple[Form, ...]:
    """Return the forms of an abbreviation, with a colon (Svenska skrivregler): SIP:s, SIP:en, SIP:ar."""
    found = [Form(term, ("sg", "ind")), Form(term + ":s", ("sg", "ind", "gen"))]
    for ending, features in _COLON:
        found.append(Form(f"{term}:{ending}", features, True))
    texts = {form.text for form in found}
    found += [Form(form) for form in declared if form not in texts]
    return tuple(found)


_COLON = (
    ("n", ("sg", "def")), ("en", ("sg", "def")), ("t", ("sg", "def")), ("et", ("sg", "def")),
    ("ns", ("sg", "def", "gen")), ("ens", ("sg", "def", "gen")), ("ts", ("sg", "def", "gen")),
    ("ets", ("sg", "def", "gen")),
    ("er", ("pl", "ind")), ("ar", ("pl", "ind")), ("or", ("pl", "ind")), ("erna", ("pl", "def")),
    ("arna", ("pl", "def")), ("orna", ("pl", "def")), ("ernas", ("pl", "def", "gen")), ("arnas", ("pl", "def", "gen")),
)  # fmt: skip


def _belongs_elsewhere(form: str, word: str, lexicon: Lexicon) -> bool:
    lemmas = lexicon.lemmas(form)
    return bool(lemmas) and all(lemma != word for lemma, _ in lemmas)


def _genitive(form: str) -> str:
    """Return the genitive: with s, but none after s, x and z (Svenska skrivregler)."""
    return form if form[-1] in "sxz" else form + "s"


# Nouns


def _noun(word: str, declared: list[str], lexicon: Lexicon | None) -> Iterator[Form]:
    yield Form(word, ("sg", "ind"))
    yield Form(_genitive(word), ("sg", "ind", "gen"))
    for row, guess in _noun_rows(word, declared, lexicon):
        for form, features in zip(row, _NOUN_FEATURES, strict=True):
            if form:
                yield Form(form, features, guess)
                yield Form(_genitive(form), (*features, "gen"), guess)


_NOUN_FEATURES = (("sg", "def"), ("pl", "ind"), ("pl", "def"))


def _noun_rows(word: str, declared: list[str], lexicon: Lexicon | None) -> list[tuple[nouns.Noun, bool]]:
    pattern = nouns.by_last_part(word)
    listed = pattern.rows if pattern else ()
    if declared:
        row, fits = _fitting(word, declared, listed)
        return [(row, not fits)]
    if word.endswith(_OF_ADJECTIVES) and not (pattern and pattern.certain):
        plain, masculine = _nominalised(word)
        return [(plain, False), (masculine, True), *((row, True) for row in listed)]
    if pattern and pattern.certain:
        return [(row, number > 0) for number, row in enumerate(listed)]
    if lexicon:
        chosen = _attested(word, listed, lexicon)
        if chosen:
            others = [row for row in listed or _guessed(word) if row not in chosen]
            return [(row, number > 0) for number, row in enumerate([*chosen, *others])]
    if len(listed) == 1:
        return [(listed[0], False)]
    return [(row, True) for row in listed or _guessed(word)]


def _guessed(word: str) -> list[nouns.Noun]:
    return [nouns.decline(word, each) for each in nouns.guesses(word)]


_ALL = ("ar", "er", "or", "0", "n", "r", "ern", "ur", "0u", "u")
_OF_ADJECTIVES = ("ig", "erad", "bbad", "drad", "ansvarig", "skild", "vald", "ställd", "tagen")


def _nominalised(word: str) -> tuple[nouns.Noun, nouns.Noun]:
    """Return the forms of an adjective that is used as a noun: en anhörig, den anhöriga or anhörige, anhöriga."""
    plural = adjectives.regular(word).plural
    return nouns.Noun(plural, plural, plural), nouns.Noun(plural[:-1] + "e")


def _every(word: str, listed: Iterable[nouns.Noun]) -> list[nouns.Noun]:
    rows = [*listed, *(nouns.decline(word, each) for each in _ALL if _possible(word, each))]
    if word.endswith(("d", "g", "n", "t")):
        rows.append(_nominalised(word)[0])
    return list(dict.fromkeys(rows))


def _possible(word: str, declension: str) -> bool:
    last = word[-1]
    if declension == "or":
        return last == "a"
    if declension == "n":
        return last in nouns.VOWELS
    if declension == "r":
        return last in nouns.VOWELS and last != "a"
    return True


def _fitting(word: str, declared: list[str], listed: Iterable[nouns.Noun]) -> tuple[nouns.Noun, bool]:
    """Return the row that has the most of the declared forms, and whether it has any."""
    wanted = {*declared, *(form[:-1] for form in declared if form.endswith("s"))} - {word}
    best = max(_every(word, listed), key=lambda row: len(wanted.intersection(row)))
    return best, not wanted.isdisjoint(best)


def _attested(word: str, listed: Iterable[nouns.Noun], lexicon: Lexicon) -> list[nouns.Noun]:
    """Return the rows whose forms the word list has, most of them first."""
    part = lexicon.last_part(word, "noun")
    if not part:
        return []
    front = word[: len(word) - len(part)]
    scored = []
    for row in _every(part, [nouns.Noun(*[form[len(front) :] for form in row]) for row in listed]):
        own = {form for form in row if form and form != part}
        known = sum((part, "noun") in lexicon.lemmas(form) for form in own)
        if own and known == len(own):
            return [nouns.prefixed(front, row)]
        if known and known >= len(own) - known:
            scored.append((2 * known - len(own), row))
    most = max((score for score, _ in scored), default=0)
    return [nouns.prefixed(front, row) for score, row in scored if score == most]


def _name(word: str, declared: list[str], lexicon: Lexicon | None) -> Iterator[Form]:
    """Yield the forms of a name, which has a genitive and no more; also of the last word of one."""
    yield Form(word, ("sg", "ind"))
    yield Form(_genitive(word), ("sg", "ind", "gen"))


# Verbs


def _verb(word: str, declared: list[str], lexicon: Lexicon | None) -> Iterator[Form]:
    if word.endswith("s") and len(word) > 3:
        active = word[:-1]
        rows = verbs.known(word) or verbs.conjugations(active)
        yield Form(word, ("inf", "pass"))
        for row in rows:
            if row.infinitive == word:
                yield from (Form(form, features) for form, features in _as_they_are(row))
            else:
                yield from (Form(form, features) for form, features in verbs.deponent(row))
        return
    rows = _verb_rows(word, declared, lexicon)
    if not rows:  # a participle
        yield from _adjective(word, declared, lexicon)
    for row in rows:
        yield from (Form(form, features) for form, features in verbs.finite(row))
    for row in rows:
        for form, features in verbs.participles(row):
            yield Form(form, features)
            yield Form(_genitive(form), (*features, "gen"))


def _as_they_are(row: verbs.Verb) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield row.infinitive, ("inf", "pass")
    yield row.present, ("prs", "pass")
    yield row.past, ("pst", "pass")
    yield row.supine, ("sup", "pass")


def _verb_rows(word: str, declared: list[str], lexicon: Lexicon | None) -> tuple[verbs.Verb, ...]:
    rows = verbs.conjugations(word)
    if verbs.known(word) or not (declared or lexicon):
        return rows
    wanted = set(declared)

    def fits(row: verbs.Verb) -> int:
        own = {row.present, row.past, row.supine}
        if wanted:
            return len(wanted & (own | {row.participle, row.present + "s"}))
        assert lexicon is not None
        return sum((word, "verb") in lexicon.lemmas(form) for form in own)

    choices = verbs.candidates(word)
    if not choices:
        return rows
    best = max(choices, key=fits)
    return (best,)


# Adjectives


def _adjective(word: str, declared: list[str], lexicon: Lexicon | None) -> Iterator[Form]:
    rows = adjectives.irregular().get(word) or (adjectives.regular(word),)
    for row in rows:
        yield from (Form(form, features) for form, features in adjectives.tagged(row))


_MAKERS = {"noun": _noun, "verb": _verb, "adjective": _adjective, "proper-noun": _name}


def _features_by_ending(form: str, kind: str) -> tuple[str, ...]:
    if kind != "noun":
        return ()
    genitive = ("gen",) if form.endswith("s") else ()
    bare = form[:-1] if genitive else form
    if bare.endswith("na"):
        return ("pl", "def", *genitive)
    if bare.endswith(("en", "et", "an", "on", "e")):
        return ("sg", "def", *genitive)
    return ("pl", "ind", *genitive)


def yields(form: Form) -> bool:
    """Tell whether a form gives way where the same letters are a form of another term.

    So do guesses, participles, which are mostly adjectives of their own, and adjectives in -e (den högre, of hög rather
    than of höger).
    """
    return form.guess or form.features[:1] == ("ptcp",) or "masc" in form.features
