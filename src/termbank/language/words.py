"""Words of a term: how they are folded for comparison, split, and ordered the Swedish way."""

import re
import unicodedata

_WORD = re.compile(r"\w+")
_FOREIGN = re.compile(r"[^\x00-\x7fåäö]")
_ORDER = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
_BARE = str.maketrans("åäö", "aao")


def fold(text: str) -> str:
    """Fold case and foreign accents; å, ä and ö are letters of their own and stay.

    Arguments:
        text: any text.

    Returns:
        The text in lower case and NFC, without marks that are not Swedish, and without soft hyphens.

    >>> fold("Ménières SJUKDOM i Öga")
    'menieres sjukdom i öga'
    """
    if text.isascii():
        return text.lower()
    return _FOREIGN.sub(_without_marks, unicodedata.normalize("NFC", text).lower())


def _without_marks(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\u00ad":
        return ""
    decomposed = unicodedata.normalize("NFD", character)
    return "".join(part for part in decomposed if not unicodedata.combining(part)) or character


def bare(word: str) -> str:
    """Return a folded word with å, ä and ö as a and o: how it looks where they could not be typed.

    >>> bare("öga")
    'oga'
    """
    return word.translate(_BARE)


def words(text: str) -> list[str]:
    """Split a text into folded words.

    >>> words("Vård- och omsorgsplan (SIP)")
    ['vård', 'och', 'omsorgsplan', 'sip']
    """
    return _WORD.findall(fold(text))


def collation_key(text: str) -> tuple[str, str]:
    """Return a key that sorts Swedish text as a Swedish reader expects: a to z, å, ä, ö; case last.

    >>> sorted(["Öga", "zon", "ål", "Äpple", "apa"], key=collation_key)
    ['apa', 'zon', 'ål', 'Äpple', 'Öga']
    """
    return fold(text).translate(_ORDER), text
