"""Typing errors on a Swedish keyboard: a neighbouring key, a letter too few or too many, two swapped, dots."""

import random
import re
from collections.abc import Iterator

ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
DOTS = {"å": "a", "ä": "a", "ö": "o", "a": "åä", "o": "ö"}
KINDS = ("substitution", "omission", "doubling", "transposition", "dots")
LEAST = 4  # letters in a word that gets an error
WORD = re.compile(rf"[^\W\d_]{{{LEAST},}}")


def neighbours(letter: str) -> str:
    """Return the letters beside a letter on a Swedish keyboard: in its row, and those that touch it above and below."""
    for number, row in enumerate(ROWS):
        at = row.find(letter)
        if at < 0:
            continue
        found = row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
        if number:
            found += ROWS[number - 1][at : at + 2]
        if number + 1 < len(ROWS):
            found += ROWS[number + 1][max(at - 1, 0) : at + 1]
        return found
    return ""


def places(text: str) -> list[int]:
    """Return the positions of letters in words that are long enough."""
    return [at for match in WORD.finditer(text) for at in range(match.start(), match.end())]


def _options(text: str, kind: str, free: list[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the edits of a kind: from, to, what stands there instead."""
    for at in free:
        letter = text[at]
        if kind == "substitution":
            for other in neighbours(letter.lower()):
                yield at, at + 1, other.upper() if letter.isupper() else other
        elif kind == "omission":
            yield at, at + 1, ""
        elif kind == "doubling":
            yield at, at + 1, letter + letter.lower()
        elif kind == "transposition":
            if at + 1 in free and text[at + 1].lower() != letter.lower():
                first, second = text[at + 1], letter
                yield at, at + 2, (first.upper() + second.lower()) if letter.isupper() else first + second
        elif letter.lower() in DOTS:
            for other in DOTS[letter.lower()]:
                yield at, at + 1, other.upper() if letter.isupper() else other


def mistype(text: str, errors: int, draw: random.Random) -> tuple[str, str] | None:
    """Return a text with some errors in different places, and what they are; None where there is no room for them.

    Two errors stand in two words where the text has two, else at least three letters apart.
    """
    free, said = places(text), []
    for _ in range(errors):
        kinds = list(KINDS)
        draw.shuffle(kinds)
        for kind in kinds:
            options = list(_options(text, kind, free))
            if kind == "dots":  # dots left out are more usual than dots put in
                options = [option for option in options if text[option[0]].lower() in "åäö"] or options
            if options:
                break
        else:
            return None
        start, end, instead = draw.choice(options)
        word = next(match for match in WORD.finditer(text) if match.start() <= start < match.end())
        said.append(f"{kind} in {word.group()}")
        moved = len(instead) - (end - start)
        others = [at for at in free if not word.start() <= at < word.end()]
        free = others or [at for at in free if abs(at - start) >= 3 + (end - start)]
        free = [at + moved if at > start else at for at in free]
        text = text[:start] + instead + text[end:]
    return text, "; ".join(said)
