"""Citations as Swedes write them."""

from collections.abc import Iterator

import pytest

import termbank
from termbank.documents.plain import document
from termbank.text.check import Checker
from termbank.text.citations import Citation, citations


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with termbank.open() as bank:
        yield bank.checker()


def cited(checker: Checker, text: str) -> list[Citation]:
    read = document(text)
    return citations(read, checker.annotator.mentions(read))


ONE = [
    ("2 kap. 7 § SoL", [("2", "7")]),
    ("2 kap 7 § SoL", [("2", "7")]),
    ("2 kap, 7 § SoL", [("2", "7")]),
    ("7 § 2 kap. SoL", [("2", "7")]),
    ("SoL 2 kap. 7 §", [("2", "7")]),
    ("SoL 2 kap §7", [("2", "7")]),
    ("SoL 2:7", [("2", "7")]),
    ("4:1 SoL", [("4", "1")]),
    ("14 kap. 1 c § SoL", [("14", "1c")]),
    ("2 a kap. 10 § SoL", [("2a", "10")]),
    ("3 f § HSL", [(None, "3f")]),
    ("5 a § andra stycket personuppgiftslagen", [(None, "5a")]),
    ("7 § andra stycket HSL", [(None, "7")]),
    ("14 kap. 2–4 §§ SoL", [("14", "3"), ("14", "2"), ("14", "4")]),
    ("14 kap. 2 och 3 §§ SoL", [("14", "2"), ("14", "3")]),
    ("14 kap. 2 § och 7 kap. 6 § SoL", [("14", "2"), ("7", "6")]),
    ("2 kap. 7 § i socialtjänstlagen", [("2", "7")]),
]

NUMBERED = [
    ("lagen (2001:453)", "2001:453"),
    ("SoL (2001:453)", "2001:453"),
    ("SoL 2001:453", "2001:453"),
    ("lag (SFS 2001:453)", "2001:453"),
    ("lag (SFS nr 2001:453)", "2001:453"),
    ("SFS 2001:453", "2001:453"),
    ("SOSFS 2014:4", "SOSFS 2014:4"),
    ("SOSFS2014:4", "SOSFS 2014:4"),
    ("föreskrifter (SOSFS 2014:4)", "SOSFS 2014:4"),
    ("Socialstyrelsens föreskrifter (2014:4)", "SOSFS 2014:4"),
    ("Socialstyrelsens föreskrifter 2014:4", "SOSFS 2014:4"),
    ("Socialstyrelsens föreskrifter och allmänna råd 2016:40", "HSLF-FS 2016:40"),
    ("HSLF-FS 2016:40", "HSLF-FS 2016:40"),
]


@pytest.mark.parametrize(("citation", "sections"), ONE)
def test_sections_are_joined_with_their_act(checker: Checker, citation: str, sections: list) -> None:
    text = f"Det följer av {citation} att planen ska göras."
    (found,) = cited(checker, text)
    assert list(found.sections) == sections
    assert text[found.start : found.end] == citation


@pytest.mark.parametrize(("citation", "act"), NUMBERED)
def test_a_number_names_one_act(checker: Checker, citation: str, act: str) -> None:
    assert [each.acts for each in cited(checker, f"Det följer av {citation} att planen ska göras.")] == [(act,)]


def test_an_abbreviation_beside_a_number_is_of_that_act(checker: Checker) -> None:
    text = "Stöd ges enligt socialtjänstlagen (2001:453), SoL. Avgiften bestäms enligt 8 kap. 2 § SoL."
    assert cited(checker, text)[-1].acts == ("2001:453",)


@pytest.mark.parametrize(
    "text", ["Klockan 12:30 ges mat.", "Skala 1:50.", "Se 3 § i avtalet.", "Kap. 4 handlar om mat."]
)
def test_other_numbers_are_no_citations(checker: Checker, text: str) -> None:
    assert cited(checker, text) == []


def test_a_long_list_of_sections_is_one_citation(checker: Checker) -> None:
    listed = ", ".join(map(str, range(1, 41)))
    (found,) = cited(checker, f"Se 2 kap. {listed} §§ SoL.")
    assert found.sections == tuple(("2", str(number)) for number in range(1, 41))
