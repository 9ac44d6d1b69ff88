"""The rule catalogue: nothing is found that does not stand there, and nothing stands there that is never found."""

import re
import string
from pathlib import Path

import pytest

from termbank.model.finding import SEVERITIES
from termbank.model.rule_texts import GROUPS
from termbank.model.rules import catalogue, rule

REPO = Path(__file__).resolve().parents[2]
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for folder in ("src", "cli")
    for path in sorted((REPO / folder).rglob("*.py"))
    if path.name != "rule_texts.py"
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_ids_are_unique():
    ids = [row[0] for rows in GROUPS.values() for row in rows]
    assert len(ids) == len(set(ids)) == len(catalogue())


@pytest.mark.parametrize("each", catalogue().values(), ids=lambda each: each.id)
def test_each_rule_is_whole(each):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", each.id)
    assert each.severity in SEVERITIES
    assert placeholders(each.sv) == placeholders(each.en)
    assert not placeholders(each.advice_sv) | placeholders(each.advice_en), "advice is the same for all findings"
    for text in (each.sv, each.en, each.advice_sv, each.advice_en):
        assert text.endswith(".")
    for language in ("sv", "en"):
        filled = each.finding(**{name: f"«{name}»" for name in placeholders(each.sv)}).message(language)
        assert all(f"«{name}»" in filled for name in placeholders(each.sv))
    assert each.advice("sv") == each.advice_sv and each.advice("en") == each.advice_en


def test_every_rule_that_is_named_is_catalogued():
    named = {
        (str(path.relative_to(REPO)), found)
        for path, text in SOURCES.items()
        for found in re.findall(r"\b(?:rule\(|rule=)\"([^\"]*)\"", text)
    }
    assert len(named) > 20
    assert not {(path, found) for path, found in named if found not in catalogue()}
    with pytest.raises(KeyError):
        rule("no-such-rule")


def test_every_catalogued_rule_is_named():
    everything = "\n".join(SOURCES.values())
    assert not {each for each in catalogue() if f'"{each}"' not in everything}
