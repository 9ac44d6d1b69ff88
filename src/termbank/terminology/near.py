"""The right codes nearest to a wrong one."""

from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from termbank.model import Coding
from termbank.model.notation import loose_key
from termbank.terminology.source import Source

_LIKE = 0.15
"""How well a title must fit the title of a withdrawn code to be offered for it."""

_POOL = 2000
"""How many codes with one beginning are compared."""

_LAST = "\U0010ffff"
"""Comes after every character that a code has."""

_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1", "0": "O", "1": "I"})


def near_codes(source: Source, code: str, limit: int, title: str | None = None) -> tuple[Coding, ...]:
    """Return the codes nearest to one that does not exist.

    Arguments:
        source: where the code was looked for.
        code: the code, as it was written.
        limit: how many to return at most.
        title: what the code is known to mean elsewhere; codes with a like title come first.

    Returns:
        Codings with displays, the nearest first.
    """
    asked = loose_key(code, source.info.variants)
    allowed = max(1, min(2, len(asked) // 3))
    ranked: dict[str, tuple[float, int]] = {}
    for pairs in _candidates(source, asked):
        for key, distance, found in process.extract(
            asked, pairs, scorer=OSA.distance, score_cutoff=allowed, limit=4 * limit
        ):
            ranked[found] = (distance, -_shared(asked, key))
        if sum(distance <= 1 for distance, _ in ranked.values()) >= limit:
            break
    if title:
        for hit in source.search(title, limit):
            if hit.score >= _LIKE:
                ranked[hit.code] = (1 - 3 * hit.score, 0)
    entries = source.find_many(list(ranked))
    best = sorted(entries.values(), key=lambda e: (ranked[e.code][0], e.last > e.ordinal, ranked[e.code][1], e.code))
    return tuple(
        Coding(system=source.info.id, version=source.info.version, code=entry.code, display=entry.display or None)
        for entry in best[:limit]
    )


def _candidates(source: Source, asked: str) -> Iterator[dict[str, str]]:
    """Yield code to key for codes that begin like what was asked, also when one of its first characters is wrong."""
    begun = asked[:2]
    starts = {begun, asked[:1], begun[::-1], begun.translate(_CONFUSED), asked[:1] + asked[1:2].translate(_CONFUSED)}
    count = 0
    for start in sorted((start for start in starts if start), key=lambda start: (-len(start), start)):
        found = source.keys_from(start, start + "\U0010ffff", _POOL)
        count += len(found)
        yield found
    if count < _POOL:
        yield source.keys_from("", _LAST, _POOL)


def _shared(a: str, b: str) -> int:
    """Return how many characters two codes begin with alike."""
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
