"""The titles of the code lists, and which of them say the same.

The lists are looked for where the environment variable TERMBANK_TEST_DATA points, else in ../shared/data beside the
checkout.
"""

import csv
import os
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from rapidfuzz.distance import Prefix

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("TERMBANK_TEST_DATA") or REPOSITORY.parent / "shared" / "data") / "codes"
ICD, KVA = "icd-10-se|2026", "kva|2026"
ENDINGS = {"", "a", "ar", "arna", "e", "en", "er", "erna", "et", "n", "na", "or", "t"}  # between forms of one word


def read(path: Path, code: str, title: str) -> dict[str, str]:
    """Return the titles of a code list by code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row[code]: row[title] for row in csv.DictReader(file)}


@cache
def titles(target: str) -> dict[str, str]:
    """Return the titles of a target system by code, in the order of its list."""
    system, _, version = target.partition("|")
    return read(DATA / version / f"{system}.csv", "code", "label")


@cache
def parents(target: str) -> dict[str, str]:
    """Return the code above each code of a target system."""
    system, _, version = target.partition("|")
    return read(DATA / version / f"{system}.csv", "code", "parent_code")


def icd() -> dict[str, str]:
    return titles(ICD)


def same(text: str) -> str:
    """Return a text without what makes no difference: case, punctuation, spaces."""
    return re.sub(r"[\W_]+", "", text.casefold())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def forms_of_one(first: str, second: str) -> bool:
    """Tell whether two titles differ in nothing but the endings of words."""
    one, other = words(first), words(second)
    if len(one) != len(other) or one == other:
        return False
    for left, right in zip(one, other, strict=True):
        stem = Prefix.similarity(left, right)
        if left != right and (stem < 4 or left[stem:] not in ENDINGS or right[stem:] not in ENDINGS):
            return False
    return True


@cache
def _titles_by_beginnings(target: str) -> dict[tuple[str, ...], list[str]]:
    codes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for code, title in titles(target).items():
        codes[tuple(word[:4] for word in words(title))].append(code)
    return codes


def inflected_twins(text: str, target: str) -> set[str]:
    """Return the codes whose titles differ from a text in nothing but the endings of words."""
    near = _titles_by_beginnings(target).get(tuple(word[:4] for word in words(text)), [])
    return {code for code in near if forms_of_one(text, titles(target)[code])}


def answers(code: str, target: str) -> set[str]:
    """Return a code, those with its title, and the heading above or the one below whose title is a form of its own."""
    found, above = titles(target), parents(target)
    twins = set(by_title(target)[same(found[code])])
    related = {each for each in inflected_twins(found[code], target) if above[each] == code or above[code] == each}
    return twins | related


@cache
def by_title(target: str) -> dict[str, list[str]]:
    """Return the codes of each title of a target system."""
    return grouped(titles(target))


def grouped(found: dict[str, str]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for code, title in found.items():
        codes[same(title)].append(code)
    return dict(codes)


def icd_by_title() -> dict[str, list[str]]:
    return by_title(ICD)
