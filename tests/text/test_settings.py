from pathlib import Path

import pytest

from termbank.errors import FormatError
from termbank.text import settings
from termbank.text.settings import OFF, RULES, Settings


def test_rules_that_are_off_are_asked_only_where_they_are_selected() -> None:
    assert Settings().chosen("a.docx") == set(RULES) - OFF
    assert Settings(select=("admitted-term",)).chosen("a.docx") == {"admitted-term"}


def test_a_file_can_have_rules_of_its_own() -> None:
    override = settings.Override(path="Arkiv/*", ignore=("repealed-law",))
    chosen = Settings(overrides=(override,))
    assert "repealed-law" not in chosen.chosen("Rutiner/Arkiv/a.docx")
    assert "repealed-law" in chosen.chosen("Rutiner/a.docx")


def test_a_settings_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "termbank.toml"
    path.write_text('[check]\nignore = ["sam-usage"]\nwords = ["NSV"]\n[check.severity]\n"repealed-law" = "error"\n')
    read = settings.read(path)
    assert (read.ignore, read.words, read.severity) == (("sam-usage",), ("NSV",), {"repealed-law": "error"})
    assert settings.find(tmp_path / "Rutiner" / "a.docx") == path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[check]\nselect = ["deprecated"]\n', "termbank.toml:2: check.select: no rule for texts is called deprecated"),
        ("[check]\nevry = true\n", "termbank.toml:2: check.evry: there is no such key in [check]"),
        ("[check\n", "not valid TOML"),
    ],
)
def test_what_is_wrong_in_a_settings_file_is_said_with_its_line(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "termbank.toml"
    path.write_text(content)
    with pytest.raises(FormatError) as caught:
        settings.read(path)
    assert said in str(caught.value)


def test_options_are_laid_over_the_file() -> None:
    base = Settings(select=("sam-usage",), ignore=("repealed-law",))
    both = settings.with_options(base, ["deprecated-term"], ["admitted-term"], every=True)
    assert (both.select, both.ignore, both.every) == (("deprecated-term",), ("repealed-law", "admitted-term"), True)
