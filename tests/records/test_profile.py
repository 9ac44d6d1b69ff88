"""A profile says what it means, and where it is wrong: file, line and key."""

import re
from pathlib import Path

import pytest
from converting import BANK
from pydantic import ValidationError

from termbank import FormatError, Profile, ProfileError
from termbank.records.profile import Column, Input, LoadedProfile, LocalMapping, LocalVocabulary, Translate

DOCS = Path(__file__).resolve().parents[2] / "docs"
WHOLE = """
profile = 1
title = "Allt"
date = "dag"
date_format = "%d.%m.%Y"
formulas = "keep"

[input]
encoding = "windows-1252"
separator = ";"
sheet = "Blad1"
skip_rows = 2
stop_at = ["Summa", "Totalt"]

[[vocabularies]]
file = "egen.csv"
id = "egen"
version = "3"
title = "Egen lista"
valid_from = 2025-01-01
valid_to = 2026-12-31
content = "fragment"
columns = { code = "nyckel" }
notation = ["case", "dot"]

[[mappings]]
file = "par.sssom.tsv"

[[columns]]
name = "kod"
system = "egen"
version = "3"
date = "dag"
cell = "codes"
separators = "+"
title = "text"
value_set = "valda"
required = true
invalid = "keep"
undetermined = "reject"
canonical = false
title_into = "titel"

[columns.translate]
to = "mål"
into = "ny"
title_into = "nytitel"
choose = "all"
missing = "keep"
accept = ["related-to"]
separator = "/"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "profil.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key(tmp_path: Path) -> None:
    profile = LoadedProfile.read(written(tmp_path, WHOLE)).profile
    for part in (profile, profile.input, *profile.vocabularies, *profile.columns, profile.columns[0].translate):
        assert part is not None
        assert {name for name in type(part).model_fields if name != "profile"} <= part.model_fields_set
    assert profile.added() == ["titel", "ny", "nytitel"]
    assert profile.dates() == ["dag"]


def test_the_guide_has_every_key_with_its_default() -> None:
    guide = (DOCS / "main-job.md").read_text(encoding="utf-8")
    for kind in (Profile, Input, LocalVocabulary, LocalMapping, Column, Translate):
        for name, field in kind.model_fields.items():
            row = re.search(rf"^\| `{name}` \| (.*?) \|", guide, re.MULTILINE)
            assert row, f"{kind.__name__}.{name} is not in docs/main-job.md"
            if isinstance(field.default, str | bool | int) and name != "profile":
                default = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
                rows = re.findall(rf"^\| `{name}` \| (.*?) \|", guide.replace(r"\|", "¦"), re.MULTILINE)
                assert any(default.replace("|", "¦") in each or (not default and "none" in each) for each in rows), name


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("profile = 1", "profile = 2", ":2: profile: Input should be 1"),
        ('name = "kod"', 'namn = "kod"', ":29: columns.name: is missing"),
        ('name = "kod"', 'namn = "kod"', ":30: columns.namn: there is no such key in a profile"),
        ('choose = "all"', 'choose = "some"', ":48: columns.translate.choose: Input should be 'reject'"),
        ("skip_rows = 2", "skip_rows = -1", ":12: input.skip_rows: Input should be greater than or equal to 0"),
        (
            "valid_from = 2025-01-01",
            'valid_from = "nyss"',
            ":20: vocabularies.valid_from: Input should be a valid date",
        ),
        ('title_into = "nytitel"', 'title_into = "ny"', "two columns are added under the same name"),
        ('separator = "/"', "", ""),
        ("[columns.translate]", "[columns.translate", ":44:19: not valid TOML"),
    ],
)
def test_where_it_is_wrong(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert WHOLE.count(old) == 1
    path = written(tmp_path, WHOLE.replace(old, new))
    if not says:
        LoadedProfile.read(path)
        return
    with pytest.raises(ProfileError) as raised:
        LoadedProfile.read(path)
    assert len(str(raised.value).splitlines()) == (2 if "name" in old else 1)
    assert f"{path}{says}" in str(raised.value) or f"{path}: {says}" in str(raised.value)


def test_a_profile_needs_columns_and_each_once(tmp_path: Path) -> None:
    for text in ("", "columns = []", '[[columns]]\nname = "a"\nsystem = "s"\n' * 2):
        with pytest.raises(ProfileError, match=re.escape(str(tmp_path / "profil.toml"))):
            LoadedProfile.read(written(tmp_path, text))
    (tmp_path / "profil.toml").write_bytes(b"title = '\xe5'")
    with pytest.raises(ProfileError, match="not UTF-8"):
        LoadedProfile.read(tmp_path / "profil.toml")
    with pytest.raises(ProfileError, match="no such file"):
        LoadedProfile.read(tmp_path / "ingen.toml")


LISTS = """
[[vocabularies]]
file = "egen.csv"
id = "{id}"

[[mappings]]
file = "par.sssom.tsv"

[[columns]]
name = "kod"
system = "{id}"
translate = {{ to = "mål", into = "ny" }}
"""
PAIRS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"


def test_its_own_lists_and_mappings(tmp_path: Path) -> None:
    path = written(tmp_path, LISTS.format(id="egen"))
    (tmp_path / "egen.csv").write_text("kod;titel\nA;Ett\n", encoding="utf-8")
    (tmp_path / "par.sssom.tsv").write_text(f"{PAIRS}egen:A\tskos:exactMatch\tmål:M1\tsemapv:ManualMappingCuration\n")
    (tmp_path / "in.csv").write_text("kod\nA\n")
    summary = BANK.convert_records(tmp_path / "in.csv", path, tmp_path / "ut.csv")
    assert (tmp_path / "ut.csv").read_text() == "kod;ny\nA;M1\n"
    assert {each.id for each in summary.vocabularies} == {"egen", "mål"}
    assert "egen" not in {each.id for each in BANK.vocabularies}


def test_what_is_wrong_in_its_lists(tmp_path: Path) -> None:
    path = written(tmp_path, LISTS.format(id="egen"))
    (tmp_path / "in.csv").write_text("kod\nA\n")
    with pytest.raises(ProfileError, match=r"profil.toml:3: there is no file .*egen.csv"):
        BANK.validate_records(tmp_path / "in.csv", path)
    (tmp_path / "egen.csv").write_text("kod;titel\nA;Ett\nA;Två\n", encoding="utf-8")
    (tmp_path / "par.sssom.tsv").write_text(f"{PAIRS}egen:A\tskos:nearMatch\tmål:M1\tx\n")
    with pytest.raises(FormatError, match=r"egen.csv:3: The code A already stands on line 2"):
        BANK.validate_records(tmp_path / "in.csv", path)
    (tmp_path / "egen.csv").write_text("kod;titel\nA;Ett\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"par.sssom.tsv:2: .*x, which is no CURIE"):
        BANK.validate_records(tmp_path / "in.csv", path)


def test_a_list_of_a_known_system_has_its_notation(tmp_path: Path) -> None:
    import termbank

    path = written(tmp_path, '[[vocabularies]]\nfile = "egen.csv"\nid = "icd-10-se"\nversion = "9"\n'
                             '[[columns]]\nname = "kod"\nsystem = "icd-10-se"\nversion = "9"\n')  # fmt: skip
    (tmp_path / "egen.csv").write_text("kod;titel\nF321;Ett\n", encoding="utf-8")
    (tmp_path / "in.csv").write_text("kod\nf32.1\nF321\n")
    with termbank.open() as bank:
        bank.convert_records(tmp_path / "in.csv", path, tmp_path / "ut.csv")
    assert (tmp_path / "ut.csv").read_text() == "kod\nF32.1\nF32.1\n"


def test_a_date_format_is_one_of_strptime() -> None:
    with pytest.raises(ValidationError, match="has none of %Y"):
        Profile(date="Datum", date_format="YYYY-MM-DD", columns=[Column(name="Kod", system="kva")])
