"""Whether a document says what an abbreviation stands for."""

import re
from functools import lru_cache

from termbank.language.words import fold

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    """
    och i av för till på med om vid den det de en ett som samt eller enligt mot från inom hos under kring utan
    the of and for in to on
    """.split()  # noqa: SIM905
)
_STANDS_FOR = (
    r"[`\s]*(?:=|–|—|:|\t|\||,|-(?=\s))\s*|\s+-\s+"
    r"|\s+(?:står|är en förkortning|är förkortning|är kort|förkortning|kort) för\s+"
    r"|\s+(?:betyder|utläses|innebär|avser|uttyds|d\.?\s?v\.?\s?s\.?|det vill säga|är)\s+"
)
_SHORTENED = re.compile(
    r"(?:[(\[/]|,|–|\s-\s|=|:|”|\"|\bförkorta[dst]\w*|\bkalla[dst]\w*|\bs\.?\s?k\.?)\s*"
    r"(?:(?:kallas|kallat|kallad|förkortat|förkortas|förkortad|benämnt|benämnd|även|också|eller|nedan|här|hädanefter"
    r"|fortsättningsvis|i fortsättningen|vanligen|ofta|så|s\.k\.|på engelska|eng\.?|en|ett)\s+)*[\"”“'*_]*$"
)
"""What stands between a full form and its abbreviation: a parenthesis, a comma, *förkortat*, *i fortsättningen*."""

_LOOKED_AT = 60
_PHRASE = 140
"""How many characters before an abbreviation are searched for such a sign, and before that for the full form."""

_CLAUSE_END = re.compile(r"[.;()\n]")
_MARK = r"[\s(\"”“'’»«*_-]*"


def is_written_out(abbreviation: str, text: str) -> bool:
    """Tell whether a text writes an abbreviation out somewhere.

    Counted: what stands right before it where it is alone in parentheses, also of other initials (abbreviations of
    English names); the full form before or after it in parentheses, or beside a sign of equality, a dash, a colon, a
    comma or *står för*; and, for abbreviations of three letters or more, words with these initials anywhere in a
    sentence. A letter of the abbreviation may begin a part of a compound (HSL: hälso- och sjukvårdslagen), and little
    words may have none.

    Arguments:
        abbreviation: without an ending.
        text: the whole document.

    >>> is_written_out("EC", "Kontakta enhetschefen (EC)."), is_written_out("EC", "Kontakta EC samma dag.")
    (True, False)
    >>> is_written_out("VON", "Vård- och omsorgsnämnden beslutar. VON möts varje månad.")
    True
    """
    own = rf"(?<![\w-]){re.escape(abbreviation)}(?![\wåäö])"
    for match in re.finditer(own, text):
        if _before(abbreviation, text, match.start()) or _after(abbreviation, text, match.end()):
            return True
    return len(abbreviation) > 2 and _anywhere(abbreviation, text)


def is_short_for(abbreviation: str, phrase: str) -> bool:
    """Tell whether a phrase begins with the full form of an abbreviation.

    Arguments:
        abbreviation: without an ending.
        phrase: some words, such as the cell beside it in a table.

    >>> is_short_for("KAA", "Kommunalt aktivitetsansvar"), is_short_for("KAA", "Personal")
    (True, False)
    """
    return _spells(_letters(abbreviation), [fold(word) for word in _WORD.findall(phrase)][:9])


def _before(abbreviation: str, text: str, start: int) -> bool:
    """Tell whether the words before an abbreviation in parentheses, or after a comma, are its full form."""
    near = max(0, start - _LOOKED_AT)
    sign = _SHORTENED.search(text[near:start])
    if sign is None:
        return False
    place = near + sign.start()
    before = text[max(0, place - _PHRASE) : place]
    found = [fold(word) for word in _WORD.findall(re.split(r"[.;\n]", before)[-1])][-9:]
    if sign.group()[0] in "([":
        if sign.group() == "(" and found and len(found[-1]) > 2:
            return True
        return any(word.startswith(fold(abbreviation)[0]) for word in found)
    return _fit(abbreviation, found, from_end=True)


def _after(abbreviation: str, text: str, end: int) -> bool:
    """Tell whether the words after an abbreviation and a sign are its full form."""
    sign = re.compile(rf"{_MARK}?(?:\(|{_STANDS_FOR})(?:{_MARK})").match(text, end)
    if sign is None:
        return False
    rest = _CLAUSE_END.split(text[sign.end() : sign.end() + 160])[0]
    found = [fold(word) for word in _WORD.findall(rest)][:9]
    if "(" in sign.group():
        return any(word.startswith(fold(abbreviation)[0]) and len(word) > 2 for word in found)
    return _fit(abbreviation, found, from_end=False)


def _anywhere(abbreviation: str, text: str) -> bool:
    first = fold(abbreviation)[0]
    for clause in _clauses(text):
        for start, word in enumerate(clause):
            if word[0] == first and word not in _SMALL and _spells(_letters(abbreviation), clause[start : start + 9]):
                return True
    return False


@lru_cache(maxsize=4)
def _clauses(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of each clause of a text, folded; a clause ends at a sign, but not at a hyphen."""
    return tuple(
        tuple(fold(word) for word in _WORD.findall(clause) if not (word.isupper() and len(word) > 1))
        for clause in re.split(r"[.,;:()\n!?/]", text)
    )


def _letters(abbreviation: str) -> str:
    return "".join(letter for letter in fold(abbreviation) if letter.isalpha())


def _fit(abbreviation: str, found: list[str], from_end: bool) -> bool:
    """Tell whether some of the words nearest an abbreviation spell it."""
    letters = _letters(abbreviation)
    if not from_end:
        return _spells(letters, found)
    return any(_spells(letters, found[start:], whole=True) for start in range(len(found)))


def _spells(letters: str, found: list[str] | tuple[str, ...], whole: bool = False) -> bool:
    """Tell whether words give some letters by their beginnings, little words and parts of compounds between.

    Arguments:
        letters: the letters, folded.
        found: words, folded.
        whole: the last letter must come from the last word.
    """
    if not letters or not found or found[0][0] != letters[0]:
        return False
    return _take(letters[1:], found[0][1:], found[1:], whole, 0)


def _take(letters: str, rest: str, found: list[str] | tuple[str, ...], whole: bool, inside: int) -> bool:
    if not letters:
        return not whole or not found
    if found and found[0][0] == letters[0] and _take(letters[1:], found[0][1:], found[1:], whole, 0):
        return True
    if found and found[0] in _SMALL and _take(letters, rest, found[1:], whole, inside):
        return True
    for place in range(2, len(rest) - 1):  # a part of a compound: sjukvårds-lagen
        if rest[place] == letters[0] and inside < 2 and _take(letters[1:], rest[place + 1 :], found, whole, inside + 1):
            return True
    return False
