"""The inflected forms of a Swedish term, generated from its own text and part of speech.

Features name a form much as UD and SUC do; nominative and the like are not marked:

- nouns: `sg` or `pl`, `ind` or `def`, and `gen`;
- verbs: `inf`, `prs`, `pst` or `sup` with `act` or `pass` (the s-form, also of deponents); `imp`; participles `ptcp`
  with `prs`, or with `pst` and `utr`, `neut` or `pl`, and `gen`;
- adjectives: `pos` with `utr`, `neut`, `pl` or `def`, and `masc` or `gen`; `cmp`; `sup` with `ind` or `def`; and `gen`.

Sources: Svenska Akademiens grammatik (1999); SAOL 14.
"""

from collections.abc import Sequence

from termbank.language.lexicon import Lexicon
from termbank.language.phrases import inflected, phrase, whole_forms
from termbank.language.word_forms import Form, word_forms, yields

__all__ = ["Form", "TermText", "forms", "gender", "phrase", "replace_like", "yields"]

TermText = tuple[str, str | None, Sequence[str]]
"""A term, its part of speech, and the forms that the vocabulary gives."""


def forms(
    term: str, part_of_speech: str | None, declared: Sequence[str] = (), lexicon: Lexicon | None = None
) -> tuple[Form, ...]:
    """Return the forms of a term, the term itself first.

    Arguments:
        term: a term of one or several words, as the vocabulary writes it.
        part_of_speech: its word class or `phrase`, as `Term.part_of_speech`; None: taken for a noun.
        declared: forms that the vocabulary gives; they choose the pattern, and are always among the forms.
        lexicon: an open word list, which chooses the pattern where neither the vocabulary nor our own tables do.

    Returns:
        The forms, each text and features once.

    >>> [form.text for form in forms("plan", "noun", ["planer"])]
    ['plan', 'plans', 'planen', 'planens', 'planer', 'planers', 'planerna', 'planernas']
    >>> forms("öppen vård", "phrase", ["öppna vården"])[2]
    Form(text='öppna vården', features=('sg', 'def'), guess=False)
    """
    if " " in term.strip():
        return whole_forms(term, part_of_speech, declared, lexicon)
    return word_forms(term, part_of_speech, declared, lexicon)


def gender(
    term: str, part_of_speech: str | None, declared: Sequence[str] = (), lexicon: Lexicon | None = None
) -> str | None:
    """Return the gender of a noun, or of the head of a phrase: utr or neut; None where it is not sure.

    Arguments:
        term: a term of one or several words.
        part_of_speech: its word class or `phrase`.
        declared: forms that the vocabulary gives.
        lexicon: an open word list; None: there is none.

    >>> gender("landsting", "noun"), gender("region", "noun"), gender("qvist", "noun")
    ('neut', 'utr', None)
    """
    if part_of_speech in ("verb", "adjective"):
        return None
    found = {
        "neut" if form.text.split()[0][-1] == "t" or form.text[-1] == "t" else "utr"
        for form in forms(term, part_of_speech, declared, lexicon)
        if form.features == ("sg", "def") and not form.guess
    }
    return found.pop() if len(found) == 1 else None


def replace_like(form: Form, original: TermText, replacement: TermText, lexicon: Lexicon | None = None) -> list[str]:
    """Return a term inflected as another.

    Arguments:
        form: the form of the original that stands in a text.
        original: the term that stands there.
        replacement: the term that shall stand there.
        lexicon: an open word list; None: there is none.

    Returns:
        The replacement in the same form; several where it has several, the surest first; empty where it has none, or
        where the form is not known.

    >>> region = ("region", "noun", ["regionen", "regioner"])
    >>> replace_like(Form("landstingets", ("sg", "def", "gen")), ("landsting", "noun", []), region)
    ['regionens']
    """
    text, part_of_speech, declared = replacement
    if not form.features:
        return [text] if form.text == original[0] else []
    if form.features == ("gen",):
        return [text + ":s" if text.isupper() else text if text[-1] in "sxz" else text + "s"]
    return inflected(text, part_of_speech, form.features, declared, lexicon)
