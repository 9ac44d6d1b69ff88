"""The right codes nearest to a wrong one."""

from rapidfuzz.distance import OSA

from termbank.model import Coding
from termbank.model.notation import loose_key
from termbank.store.entry import Entry
from termbank.terminology.source import Source

_LIKE = 0.15
"""How well a title must fit the title of a withdrawn code to be offered for it."""

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
    variants = source.info.notation or ("case", "spaces")
    asked = loose_key(code, variants)
    ranked: dict[str, tuple[float, int, Entry]] = {}
    for entry in _candidates(source, asked, code):
        key = loose_key(entry.code, variants)
        distance = float(OSA.distance(asked, key))
        if distance <= max(1, min(2, len(asked) // 3)):
            ranked[entry.code] = (distance, -_shared(asked, key), entry)
    if title:
        for hit in source.search(title, limit):
            found = source.find(hit.code)
            if found is not None and hit.score >= _LIKE:
                ranked[found.code] = (1 - 3 * hit.score, 0, found)
    best = sorted(ranked.values(), key=lambda row: (row[0], row[1], row[2].code))[:limit]
    return tuple(
        Coding(system=source.info.id, version=source.info.version, code=entry.code, display=entry.display or None)
        for _, _, entry in best
    )


def _candidates(source: Source, asked: str, code: str) -> list[Entry]:
    """Codes that share a beginning with what was asked, also when its first character is the wrong one."""
    found: dict[str, Entry] = {}
    starts = {code[:length] for length in (2, 3) if len(code) >= length}
    starts |= {asked[:2], asked[:3], asked[:1], asked[1:2] + asked[:1]}
    starts |= {asked[:n].translate(_CONFUSED) for n in (2, 3)} | {asked[0:1] + asked[1:3].translate(_CONFUSED)}
    for start in sorted((start for start in starts if start), key=lambda start: -len(start)):
        for entry in source.codes_from(start, start[:-1] + chr(ord(start[-1]) + 1), 1500):
            found[entry.code] = entry
    if not found:
        found = {entry.code: entry for entry in source.codes_from(" ", "\U0010ffff", 1500)}
    return list(found.values())


def _shared(a: str, b: str) -> int:
    """Return how many characters two codes begin with alike."""
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
