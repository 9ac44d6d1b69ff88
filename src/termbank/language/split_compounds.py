"""Compounds written in two words by mistake: samverkans avtal."""

from collections.abc import Callable, Container

from termbank.language.words import fold


def split_compound(
    first: str,
    second: str,
    modifiers: Container[str],
    terms: Container[str],
    is_word: Callable[[str], bool] | None = None,
) -> str | None:
    """Return the compound that two words are in truth, where that is sure.

    It is sure where the two together are a form of a term, and the first is a linking form with s or no word by itself
    (*samverkans avtal*); and where the first can stand nowhere else (*hälso center*), if the list knows the two
    together as a word. A genitive alone (*en myndighets beslut*) is none.

    Arguments:
        first, second: two words with nothing but a blank between them, as they are written.
        modifiers: linking forms of terms, as `linking_forms` gives them.
        terms: forms of terms, folded.
        is_word: tells whether a folded form is a Swedish word; None: there is no word list.

    Returns:
        The compound, folded; None: they are two words.

    >>> split_compound("samverkans", "avtal", {"samverkans"}, {"samverkansavtal"})
    'samverkansavtal'
    >>> split_compound("kommuns", "ansvar", {"kommuns"}, {"kommun"}) is None
    True
    """
    beginning, ending = fold(first), fold(second)
    if beginning not in modifiers or len(beginning) < 4 or len(ending) < 3 or not second[:1].islower():
        return None
    joined = beginning + ending
    word_alone = beginning in terms or (is_word is not None and is_word(beginning))
    if joined in terms and (beginning[-1] == "s" or not word_alone):
        return joined
    if word_alone or is_word is None or (beginning[-1] == "s" and beginning[:-1] in terms):
        return None
    return joined if is_word(joined) else None
