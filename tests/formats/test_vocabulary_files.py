"""Vocabularies as people write them: every mistake is said with file and line."""

import pytest

from termbank.errors import FormatError
from termbank.formats import vocabulary_files

HEADER = "id: plan\ntitle: Planer\n"


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for name, text in files.items():
            path = tmp_path / (f"{name}.csv" if name.startswith("list") else f"{name}.yaml")
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_folder_with_everything(folder):
    place = folder(
        vocabulary=HEADER + "concepts:\n- id: SIP\n  terms:\n  - {text: samordnad individuell plan}\n",
        more="concepts:\n- id: VP\n  valid_from: 2026-01-01\n",
        listed="code;title\nHP;habiliteringsplan\n",
    )
    vocabulary, findings, *_ = vocabulary_files.read(place)
    assert findings == []
    assert vocabulary.versioned == "plan|1"
    assert [c.id for c in vocabulary.concepts] == ["SIP", "VP", "HP"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id: plan\n\ttitle: Planer\n", 2, "cannot be read from this line"),
        ("id: plan\ntitle: [Planer\nversion: 1\n", 3, "cannot be read from this line"),
        ("id: plan\ntitle: Planer\nversion: '1'\ntitle: Plan\n", 4, "the key title stands twice"),
        ("id: plan\ntitle: Planer\nvalid_from: 2026-02-30\n", 3, "2026-02-30"),
        ("id: plan\ntitle: Pla\x01ner\n", 2, "cannot be read from this line"),
        ("id: plan\ntitle: Planer\ncolour: röd\n", 3, "colour"),
        ("id: plan\n", 1, "title"),
        ("id: plan\ntitle: Planer\nversion: 2026\n", 3, "version"),
        ("id: plan\ntitle: Planer\ncontent: whole\n", 3, "content"),
        (
            "id: plan\ntitle: Planer\nidentifiers:\n- value: '1.2'\n  type: oid\n  status: good\n",
            6,
            "identifiers.0.status",
        ),
        ("id: plan\ntitle: Planer\nconcepts: många\n", 1, "concepts"),
        ("- id: plan\n", 1, "expected keys"),
        ("", 1, "expected keys"),
    ],
)
def test_wrong_headers(folder, text, line, said):
    place = folder(vocabulary=text)
    with pytest.raises(FormatError) as error:
        vocabulary_files.read(place)
    assert str(error.value).startswith(f"{place / 'vocabulary.yaml'}:{line}: ")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- id: A\n", 1, "expected a list"),
        ("concepts: A\n", 1, "expected a list"),
        ("", 1, "expected a list"),
    ],
)
def test_wrong_further_files(folder, text, line, said):
    place = folder(vocabulary=HEADER, roles=text)
    with pytest.raises(FormatError) as error:
        vocabulary_files.read(place)
    assert str(error.value).startswith(f"{place / 'roles.yaml'}:{line}: ")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("concepts:\n- id: A\n  id: B\n", 3, "the key id stands twice"),
        ("concepts:\n- id: A\n  checked_on: 2026-13-01\n", 3, "2026-13-01"),
        ("concepts:\n- id: A\n\tsource: b\n", 3, "tab"),
    ],
)
def test_a_further_file_that_is_no_yaml_is_a_finding_in_both_languages(folder, text, line, said):
    _, (finding,), *_ = vocabulary_files.read(folder(vocabulary=HEADER, roles=text))
    assert (finding.rule, finding.location.line) == ("invalid-yaml", line)
    assert said in finding.message("sv") and finding.message("sv").startswith("Filen kan inte läsas")


def test_no_concepts_yet(folder):
    vocabulary, findings, *_ = vocabulary_files.read(folder(vocabulary=HEADER + "concepts:\n"))
    assert (vocabulary.concepts, findings) == ((), [])


def test_a_missing_header(tmp_path):
    with pytest.raises(FormatError, match=r"vocabulary\.yaml: there is no such file"):
        vocabulary_files.read(tmp_path)
    (tmp_path / "vocabulary.yaml").mkdir()
    with pytest.raises(FormatError, match="this is a folder"):
        vocabulary_files.read(tmp_path)


def test_not_utf8(tmp_path):
    (tmp_path / "vocabulary.yaml").write_bytes("id: plan\ntitle: Vård\n".encode("cp1252"))
    with pytest.raises(FormatError, match="not UTF-8"):
        vocabulary_files.read(tmp_path)


@pytest.mark.parametrize(
    ("entry", "line", "rule", "said", "hint"),
    [
        ("- id: B\n  colour: röd\n", 6, "unknown-key", "colour", None),
        ("- id: B\n  definition: x\n", 6, "unknown-key", "definition", "→ definitions"),
        ("- id: B\n  källa: x\n", 6, "unknown-key", "källa", "→ source"),
        ("- id: B\n  terms:\n  - text: b\n    status: dålig\n", 8, "unknown-value", "status", None),
        ("- id: B\n  terms:\n  - {text: b, status: tillåten}\n", 7, "unknown-value", "tillåten", "→ admitted"),
        ("- id: B\n  terms:\n  - status: admitted\n", 7, "missing-key", "text", None),
        ("- id: B\n  checked_on: 1 mars 2026\n", 6, "not-a-date", "1 mars 2026", None),
        ("- id: B\n  abstract: kanske\n", 6, "invalid-record", "abstract", None),
        ("- id: 7\n", 5, "unquoted-text", "7", None),
        ("- terms: []\n", 5, "missing-key", "id", None),
        ("- bara text\n", None, "invalid-record", "valid dictionary", None),
    ],
)
def test_a_wrong_concept_is_left_out_and_located(folder, entry, line, rule, said, hint):
    place = folder(vocabulary=f"{HEADER}concepts:\n- id: A\n{entry}- id: C\n")
    vocabulary, (finding,), *_ = vocabulary_files.read(place)
    assert [c.id for c in vocabulary.concepts] == ["A", "C"]
    assert (finding.rule, finding.severity) == (rule, "error")
    assert finding.location.path == str(place / "vocabulary.yaml")
    assert finding.location.line == line
    assert said in finding.message("en") and said in finding.message("sv")
    assert finding.hint == hint


def test_the_same_id_twice(folder):
    place = folder(
        vocabulary=f"{HEADER}concepts:\n- id: A\n- id: A\n",
        zoles="concepts:\n- id: B\n- id: A\n",
        listed="code;title\nB;b\n",
    )
    vocabulary, findings, *_ = vocabulary_files.read(place)
    assert [c.id for c in vocabulary.concepts] == ["A", "B"]
    places = [(f.rule, f.location.path, f.location.line, dict(f.arguments)["first"]) for f in findings]
    assert places == [
        ("duplicate-code", str(place / "vocabulary.yaml"), 5, "4"),
        ("duplicate-code", str(place / "zoles.yaml"), 3, f"{place / 'vocabulary.yaml'}:4"),
        ("duplicate-code", str(place / "listed.csv"), 2, f"{place / 'zoles.yaml'}:2"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "expected a list"),
        ("systems: inga\n", 1, "expected a list"),
        ("systems:\n- id: a\n  title: A\n- id: b\n", 4, "title"),
        ("systems:\n- id: a\n  title: A\n  identifiers:\n  - value: '1.2'\n    type: uri\n", 6, "identifiers.0.type"),
    ],
)
def test_wrong_systems(folder, text, line, said):
    place = folder(systems=text) / "systems.yaml"
    with pytest.raises(FormatError) as error:
        vocabulary_files.read_systems(place)
    assert str(error.value).startswith(f"{place}:{line}: ")
    assert said in str(error.value)


def test_no_code_is_run(folder):
    place = folder(vocabulary="id: !!python/object/apply:os.system ['true']\ntitle: A\n")
    with pytest.raises(FormatError, match=":1: The file cannot be read"):
        vocabulary_files.read(place)
