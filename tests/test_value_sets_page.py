"""The guide to value sets says what is so: its examples, its program, its keys."""

import re
from pathlib import Path

from termbank.formats import value_set_files
from termbank.formats.value_set_form import Part, WrittenValueSet

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "value-sets.md").read_text(encoding="utf-8")


def test_its_examples_are_the_files(tmp_path):
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    for name in ("planering", "psykiatri"):
        file = DOCS / "examples" / f"{name}.valueset.toml"
        (block,) = [each for each in blocks if value_set_files.read(file).title in each]
        (tmp_path / file.name).write_text(block, encoding="utf-8")
        assert value_set_files.read(tmp_path / file.name) == value_set_files.read(file)


def test_its_program_runs(monkeypatch):
    monkeypatch.chdir(DOCS.parent)
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    found = {}
    exec(program, found)
    answer, bank = found["answer"], found["bank"]
    assert answer.valid is False and answer.findings[-1].rule == "not-in-value-set"
    assert [each.code for each in bank.expand(found["chosen"], text="utskrivning").codes] == ["AU125"]
    assert bank.expand(found["chosen"]).total == 9
    bank.close()


def test_it_has_every_key():
    for kind in (WrittenValueSet, Part):
        for name in kind.model_fields:
            assert re.search(rf"^\| [^|]*`(\[\[)?{name}(\]\])?`", PAGE, re.MULTILINE), name
