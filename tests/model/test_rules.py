"""The rule catalogue: nothing is found that does not stand there, and nothing stands there that is never found."""

import re
import string
from pathlib import Path

import pytest

from termbank.model.fhir_messages import MESSAGES
from termbank.model.finding import SEVERITIES
from termbank.model.rule_texts import GROUPS
from termbank.model.rules import catalogue, rule

REPO = Path(__file__).resolve().parents[2]
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for folder in ("src", "cli")
    for path in sorted((REPO / folder).rglob("*.py"))
    if not path.name.endswith(("rule_texts.py", "fhir_messages.py"))
}
OURS = [each for each in catalogue().values() if each.group != "fhir"]
HL7S = [each for each in catalogue().values() if each.group == "fhir"]
COMPOSED = re.compile(
    r"UNKNOWN_CODESYSTEM(_VERSION)?(_EXP)?(_NONE)?|VS_EXP_IMPORT_UNK(_PINNED)?(_X)?|TERMBANK_COMPARE_[A-Z_]+"
)
"""Messages whose ids are put together of parts where they are used."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_ids_are_unique():
    ids = [row[0] for rows in GROUPS.values() for row in rows]
    assert len(ids) == len(set(ids)) == len(OURS)
    messages = [each.id for each in MESSAGES]
    assert len(messages) == len(set(messages)) == len(HL7S)


@pytest.mark.parametrize("each", HL7S, ids=lambda each: each.id)
def test_each_message_is_whole(each):
    assert re.fullmatch(r"[A-Za-z0-9_]+(#[a-z-]+)?", each.id)
    assert each.message_id == each.id.partition("#")[0]
    assert each.severity in SEVERITIES
    assert each.issue
    assert each.sv != each.en
    assert placeholders(each.sv) == placeholders(each.en)


@pytest.mark.parametrize("each", OURS, ids=lambda each: each.id)
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
    assert not {each.id for each in OURS if f'"{each.id}"' not in everything}
    named = {each.id for each in HL7S if re.search(rf'"{each.message_id}["#]', everything)}
    assert not {each.id for each in HL7S if each.id not in named and not COMPOSED.fullmatch(each.id)}
