"""The examples on the rules' pages are true: what is wrong is told, with its edit, and what is right is left alone."""

from collections.abc import Iterator

import pytest

import termbank
from termbank.documents.plain import document
from termbank.model.text_rule_examples import EXAMPLES
from termbank.text.settings import RULES, Settings
from termbank.text.sweep import apart

WRONG = [(rule, each) for rule, examples in EXAMPLES.items() for each in examples.wrong]
RIGHT = [(rule, text) for rule, examples in EXAMPLES.items() for text in examples.right]


@pytest.fixture(scope="module")
def bank() -> Iterator[termbank.Bank]:
    with termbank.open() as opened:
        yield opened


def found(bank: termbank.Bank, rule: str, text: str) -> list[termbank.Finding]:
    return bank.checker(Settings(select=(rule,))).check(document(text))


def test_every_rule_for_texts_has_examples() -> None:
    assert set(EXAMPLES) >= set(RULES) - {"unknown-code", "withdrawn-code"}


@pytest.mark.parametrize(("rule", "wrong"), WRONG, ids=lambda each: each if isinstance(each, str) else each.found)
def test_what_is_wrong_is_told(bank: termbank.Bank, rule: str, wrong) -> None:
    findings = found(bank, rule, wrong.text)
    assert [finding.value for finding in findings] == [wrong.found]
    mended = wrong.text
    for edit in reversed(apart(finding.edits for finding in findings)):
        mended = mended[: edit.start] + edit.text + mended[edit.end :]
    assert mended == (wrong.mended or wrong.text)


@pytest.mark.parametrize(("rule", "text"), RIGHT)
def test_what_is_right_is_left_alone(bank: termbank.Bank, rule: str, text: str) -> None:
    assert not found(bank, rule, text)
