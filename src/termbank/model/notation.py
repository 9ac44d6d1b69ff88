"""How one code is written in different ways, and which ways a vocabulary accepts."""

import re
from collections.abc import Collection

_MARKS = "†‡✝*+"
_SPACE = re.compile(r"\s+")
_QUALIFIED = re.compile(r"([a-z]\d{1,5}[A-Z]?)[.+][0-9.+]*", re.IGNORECASE)


def loose_key(code: str, variants: Collection[str]) -> str:
    """Return what is the same for all accepted ways to write a code.

    Arguments:
        code: the code as somebody wrote it.
        variants: what the vocabulary accepts; see `NotationVariant`.

    >>> loose_key(" f32.1* ", {"case", "spaces", "dot", "dagger-asterisk"})
    'F321'
    >>> loose_key("d450.2", {"qualifier"})
    'd450'
    """
    key = code
    if "spaces" in variants:
        key = _SPACE.sub("", key)
    if "dagger-asterisk" in variants:
        key = key.rstrip(_MARKS)
    if "qualifier" in variants and (match := _QUALIFIED.fullmatch(key)):
        key = match.group(1)
    if "dot" in variants:
        key = key.replace(".", "")
    if "case" in variants:
        key = key.upper()
    return key


def dotted(code: str, after: int) -> str:
    """Put the dot into a code that was written without it.

    Arguments:
        code: the code.
        after: how many characters stand before the dot.

    >>> dotted("F321", 3), dotted("F32", 3), dotted("F00-F09", 3)
    ('F32.1', 'F32', 'F00-F09')
    """
    plain = re.fullmatch(rf"[A-Z]\d{{{after - 1}}}[0-9A-Z]+", code)
    return f"{code[:after]}.{code[after:]}" if plain else code
