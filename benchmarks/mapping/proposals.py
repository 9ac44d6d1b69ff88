"""Proposals of otherwise inflected and reordered titles of ICD-10-SE, to be read and mended by a person."""

import random
import re
from collections import Counter
from functools import cache

from code_titles import icd


@cache
def lemmas() -> dict[str, tuple[str, str]]:
    """Return by form a noun of the titles and the form's features, where termbank.language is sure of them."""
    from termbank.language.inflection import forms

    found: dict[str, tuple[str, str]] = {}
    common = Counter(word for title in icd().values() for word in re.findall(r"[a-zåäöé]{3,}", title))
    for word, _ in common.most_common():
        for form in forms(word, "noun"):
            if not form.guess and form.features in (("sg", "def"), ("pl", "def")) and form.text in common:
                found.setdefault(form.text, (word, form.features[0]))
    return found


def inflected(title: str, draw: random.Random) -> str | None:
    """Propose a title inflected otherwise, by termbank.language: its head, and nouns after a preposition."""
    from termbank.language.inflection import forms

    match = re.match(
        r"(.*?)(?= (?:i|på|av|med|orsakad|orsakade|utan|vid|hos|under|efter|som|till)\b|,| - |$)(.*)", title
    )
    assert match is not None
    front, rest = match[1], match[2]
    texts = []
    if front and not front.lower().startswith(("andra", "annan", "annat", "vissa")):
        kind = "phrase" if " " in front else "noun"
        wanted = (("sg", "def"), ("pl", "ind"), ("pl", "def"))
        texts = [form.text for form in forms(front, kind) if form.features in wanted and not form.guess]
    head = draw.choice(texts) if texts else front
    for word in re.findall(r"\b(?:i|på|av) ([a-zåäö]+)", rest):
        if word in lemmas():
            rest = re.sub(rf"\b{word}\b", lemmas()[word][0], rest, count=1)
    return head + rest if head + rest != title else None


def reordered(title: str, draw: random.Random) -> str | None:
    """Propose a title in another order: parts about a comma or a dash, sides of och, an adjective put last."""
    choices = []
    parts = re.split(r", | - ", title)
    if len(parts) > 1:
        choices.append(", ".join([*parts[1:], parts[0]]))
        if len(parts) == 2 and " " not in parts[1]:
            choices.append(f"{parts[1]} {parts[0]}")
    if match := re.fullmatch(r"(\w+(?:isk|ig|en|ad|ell|al|är|ös|iv|it|at|t|a)) (\w+)( .+)?", title):
        choices.append(f"{match[2]}{match[3] or ''}, {match[1].lower()}")
    if match := re.fullmatch(r"(.*?)(\w+) och (\w+)( .*)?", title):
        choices.append(f"{match[1]}{match[3]} och {match[2]}{match[4] or ''}")
    if match := re.fullmatch(r"(.+?) ((?:i|på|av|med|orsakad av|orsakade av|vid|hos|under|efter) .+)", title):
        choices.append(f"{match[2]}: {match[1]}")
    return draw.choice(choices) if choices else None
