"""The Swedish code lists as FHIR code systems: expanded, searched, validated in two versions, written and read."""

import datetime

import pytest
from asking import ask, code, only, uri, values

import termbank
from termbank.formats.fhir import code_systems
from termbank.store.lists import add_to_bank, read_list

pytestmark = pytest.mark.slow
LISTS = {"2020": ("2020/icd10se.csv", 33_547), "2026": ("2026/icd-10-se.csv", 38_928)}


@pytest.fixture(scope="module")
def vocabularies(real_data):
    found = {}
    for version, (name, count) in LISTS.items():
        info, concepts, _ = read_list(
            real_data / "codes" / name,
            "icd-10-se",
            version,
            valid_from=datetime.date(int(version), 1, 1),
            valid_to=datetime.date(int(version), 12, 31),
        )
        assert len(concepts) == count
        found[version] = info, concepts
    return found


@pytest.fixture(scope="module")
def bank(vocabularies, tmp_path_factory):
    path = tmp_path_factory.mktemp("fhir") / "icd.bank"
    for each in vocabularies.values():
        add_to_bank(path, [each])
    with termbank.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def url(bank):
    return bank.vocabularies[0].info.url or "icd-10-se"


def value_set(system, version, *filters):
    include = {"system": system, "version": version}
    if filters:
        include["filter"] = [dict(zip(("property", "op", "value"), each, strict=True)) for each in filters]
    return {"resourceType": "ValueSet", "url": "http://example.org/vs", "status": "active",
            "compose": {"include": [include]}}  # fmt: skip


def codes(answer):
    waiting, found = list(answer["expansion"].get("contains", [])), []
    while waiting:
        each = waiting.pop()
        found.append(each["code"])
        waiting += each.get("contains", [])
    return set(found)


def test_all_descendants_of_a_chapter(bank, url, vocabularies):
    """What is below a heading in the expansion is what is below it in the list itself."""
    _, concepts = vocabularies["2026"]
    above = {concept.id: concept.parents() for concept in concepts}
    roots = [each for each, parents in above.items() if not parents]
    chapter = max(roots, key=lambda root: sum(root in parents for parents in above.values()))

    def below(each):
        while above.get(each):
            each = above[each][0]
            if each == chapter:
                return True
        return False

    wanted = {each for each in above if below(each)}
    asked = value_set(url, "2026", ("concept", "descendent-of", chapter))
    status, answer = ask("ValueSet/$expand", bank=bank, valueSet=asked, count=("Integer", 100_000))
    assert status == 200
    assert answer["expansion"]["total"] == len(wanted)
    assert codes(answer) == wanted


def test_filter_by_swedish_text(bank, url):
    asked = value_set(url, "2026")
    status, answer = ask(
        "ValueSet/$expand",
        bank=bank,
        valueSet=asked,
        filter=("String", "förmaksflimmer"),
        count=("Integer", 1000),
        excludeNested=("Boolean", True),
    )
    assert status == 200
    found = answer["expansion"]["contains"]
    assert any(each["code"].startswith("I48") for each in found)
    assert all("förmaksflimmer" in each["display"].lower() for each in found)


@pytest.mark.parametrize("version", LISTS)
def test_validate_with_display_in_both_versions(bank, url, version, vocabularies):
    concept = next(each for each in vocabularies[version][1] if each.id == "F32.1")
    given = {"url": uri(url), "version": ("String", version), "code": code("F32.1")}
    status, answer = ask("CodeSystem/$validate-code", bank=bank, display=("String", concept.display()), **given)
    assert (status, only(answer, "result"), only(answer, "version")) == (200, True, version)
    status, answer = ask(
        "CodeSystem/$validate-code", bank=bank, language="sv", display=("String", "Förmaksflimmer"), **given
    )
    assert (status, only(answer, "result")) == (200, False)
    assert "är fel benämning" in only(answer, "message")


def test_notation_is_as_the_list_declares_in_ours_and_strict_in_fhir(bank, url, vocabularies):
    given = {"url": uri(url), "version": ("String", "2026"), "code": code("F321")}
    assert only(ask("CodeSystem/$validate-code", bank=bank, **given)[1], "result") is True
    info, concepts = vocabularies["2026"]
    written, _ = code_systems.write(_whole(info, [each for each in concepts if each.id.startswith("F32")]))
    answer = ask("CodeSystem/$validate-code", written, url=uri(written["url"]), code=code("F321"))[1]
    assert only(answer, "result") is False
    assert values(answer, "code") == ["F321"]


def test_a_list_written_as_a_code_system_answers_alike(bank, url, vocabularies):
    info, concepts = vocabularies["2026"]
    resource, _ = code_systems.write(_whole(info, concepts))
    alone = termbank.Bank.from_resources([resource])
    for asked in ("F32.1", "I48.9", "Z63.0", "XXX"):
        told = [
            ask("CodeSystem/$validate-code", bank=each, url=uri(name), version=("String", "2026"), code=code(asked))[1]
            for each, name in ((bank, url), (alone, resource["url"]))
        ]
        assert values(told[0], "result") == values(told[1], "result")
        assert values(told[0], "display") == values(told[1], "display")


def _whole(info, concepts):
    from termbank.model import Vocabulary

    ids = {each.id for each in concepts}
    kept = [
        each.with_(relations=tuple(r for r in each.relations if r.target in ids)) if len(ids) < 100 else each
        for each in concepts
    ]
    fields = {name: getattr(info, name) for name in info.model_fields_set if name != "concepts"}
    return Vocabulary(**fields, concepts=tuple(kept))
