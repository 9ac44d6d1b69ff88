"""A run over many documents: where its outputs go, what is refused, what it tells."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

import termbank
from termbank.bank import Bank
from termbank.errors import FormatError, WriteError
from termbank.model import Edit
from termbank.reports.forms import writer
from termbank.reports.report import Report
from termbank.text import baseline
from termbank.text.settings import Settings
from termbank.text.sweep import Sweep, apart
from termbank.text.targets import Outputs, Targets, is_produced

DAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def bank() -> Iterator[Bank]:
    with termbank.open() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("R/a.md", "Landstinget ansvarar."), ("R/djup/b.txt", "SKL ger stöd."), ("R/a.txt", "Allt är rätt."),
    ):  # fmt: skip
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


def sweep(bank: Bank, *paths: str, settings: Settings | None = None, **outputs: object) -> Report:
    run = Sweep(bank.terminology, bank.checker(settings or Settings()), Outputs(**outputs), on=DAY)  # type: ignore[arg-type]
    return run.run([Path(path) for path in paths])


def written(path: Path) -> list[str]:
    return sorted(each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file())


def test_everything_in_a_folder_is_checked_in_order(bank: Bank, folder: Path) -> None:
    report = sweep(bank, "R")
    assert [Path(each.path).as_posix() for each in report.documents] == ["R/a.md", "R/a.txt", "R/djup/b.txt"]
    assert [[one.rule for one in each.findings] for each in report.documents] == [
        ["superseded-term"], [], ["superseded-term"],
    ]  # fmt: skip
    assert report.made_on == DAY and set(report.entries) >= {"names#landsting"}
    assert any(each.startswith("termbank|") for each in report.banks)
    assert len(sweep(bank, "R/a.md", "R", "R/a.md").documents) == 3, "none twice"


def test_progress_is_told_before_each_document(bank: Bank, folder: Path) -> None:
    told: list[tuple[int, int, str]] = []
    Sweep(bank.terminology, bank.checker()).run([Path("R")], lambda *step: told.append(step))
    assert [each[:2] for each in told] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert told[0][2].endswith("a.md") and told[-1][2] == ""


def test_excluded_files_are_not_checked(bank: Bank, folder: Path) -> None:
    report = sweep(bank, "R", settings=Settings(exclude=("djup/*", "a.txt")))
    assert [Path(each.path).name for each in report.documents] == ["a.md"]


def test_a_path_that_does_not_exist_is_an_error(bank: Bank, folder: Path) -> None:
    with pytest.raises(FormatError, match=r"nej\.docx"):
        sweep(bank, "R", "nej.docx", fix=True)
    assert Path("R/a.md").read_text("utf-8").startswith("Landstinget"), "nothing was done"


def test_findings_after_a_fix_are_those_of_the_document_under_its_own_name(bank: Bank, folder: Path) -> None:
    Path("R/a.md").write_text("Landstinget stöder personer med handikapp.", encoding="utf-8")
    settings = Settings(severity={"deprecated-term": "error"})
    (checked,) = sweep(bank, "R/a.md", settings=settings, fix=True, fixed=Path("UT")).documents
    assert (checked.path, checked.edited, checked.outputs) == ("R/a.md", 1, (("fixed", str(Path("UT/a.md"))),))
    assert checked.text == "Regionen stöder personer med handikapp."
    assert [(each.rule, each.severity, each.location and each.location.path) for each in checked.findings] == [
        ("deprecated-term", "error", "R/a.md")
    ]


def test_a_folder_of_fixed_copies_is_whole(bank: Bank, folder: Path) -> None:
    report = sweep(bank, "R", fix=True, fixed=Path("UT"))
    assert written(folder / "UT") == written(folder / "R")
    assert Path("UT/a.txt").read_text("utf-8") == "Allt är rätt."
    assert [each.edited for each in report.documents] == [1, 0, 1]


def test_what_was_known_is_marked(bank: Bank, folder: Path) -> None:
    first = sweep(bank, "R")
    baseline.write(Path("b.json"), DAY, [(each.path, each.text, each.findings) for each in first.documents])
    known = baseline.read(Path("b.json"))
    again = Sweep(bank.terminology, bank.checker(), known=known, on=DAY).run([folder / "R"])
    assert [len(each.findings) - len(each.known) for each in again.documents] == [0, 0, 0]
    assert sum(len(each.known) for each in again.documents) == 2


PLACES = [
    # one document, in a folder or by name
    (["R/a.md"], "fixed", "UT", ["UT/a.md"]),
    (["R/a.md"], "fixed", "ny.md", ["ny.md"]),
    (["R/a.md"], "fixed", "UT/v1.2", ["UT/v1.2/a.md"]),
    (["R/a.md"], "appendix", "UT", ["UT/a.html"]),
    (["R/a.md"], "appendix", "b.md", ["b.md"]),
    # folders keep what is below them
    (["R"], "fixed", "UT", ["UT/a.md", "UT/a.txt", "UT/djup/b.txt"]),
    (["R"], "appendix", "UT", ["UT/a.md.html", "UT/a.txt.html", "UT/djup/b.html"]),
    (["R/djup", "R/a.md"], "fixed", "UT", ["UT/djup/b.txt", "UT/a.md"]),
    (["R/djup/../a.md", "R/a.txt"], "fixed", "UT", ["UT/a.md", "UT/a.txt"]),
    # standard input has no name
    (["-"], "appendix", "UT", ["UT/standard-input.html"]),
]


@pytest.mark.parametrize(("paths", "kind", "wanted", "places"), PLACES)
def test_where_outputs_go(folder: Path, paths: list[str], kind: str, wanted: str, places: list[str]) -> None:
    from termbank.documents import reading

    named = [Path(path) for path in paths]
    files = reading.find(named)
    outputs = Outputs(fix=kind == "fixed", **{kind: Path(wanted)})  # type: ignore[arg-type]
    targets = Targets(files, named, outputs)
    assert [targets.place(kind, path).as_posix() for path in files] == places  # type: ignore[arg-type]


REFUSED = [
    (["R"], {"fix": True, "fixed": "R"}, "the document itself"),
    (["R/a.md"], {"fix": True, "fixed": "R/a.md"}, "the document itself"),
    (["R/a.md"], {"fix": True, "fixed": "R/a.txt"}, "name it .md"),
    (["R/a.md", "R/a.txt"], {"fix": True, "fixed": "R/djup/../"}, "the document itself"),
    (["R"], {"fix": True, "fixed": "ny.md"}, "several documents"),
    (["R"], {"appendix": "R/a.md"}, "several documents"),
    (["R/a.md"], {"comments": "UT"}, "comments can be written"),
    (["-"], {"fix": True}, "words can be changed"),
    (["R"], {"report": "R/a.txt"}, "one of the documents"),
    (["R"], {"report": "R/c.html"}, "one of the documents"),
    (["R/a.md"], {"appendix": "UT/x.html", "report": "UT/x.html"}, "one of the documents, or of their outputs"),
]


@pytest.mark.parametrize(("paths", "outputs", "said"), REFUSED)
def test_outputs_that_would_replace_something_are_refused(
    bank: Bank, folder: Path, paths: list[str], outputs: dict[str, object], said: str
) -> None:
    Path("R/c.html").write_text("<p>En rutin om termbank.</p>", encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    chosen = {name: Path(each) if isinstance(each, str) else each for name, each in outputs.items()}
    with pytest.raises(WriteError, match=said):
        sweep(bank, *paths, **chosen)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_outputs_of_an_earlier_run_are_no_documents(bank: Bank, folder: Path) -> None:
    page = Path("R/svep.html")
    for _ in range(2):
        report = sweep(bank, "R", fix=True, fixed=Path("R/UT"), appendix=Path("R/b"), report=page)
        assert len(report.documents) == 3
        with page.open("w", encoding="utf-8") as file:
            writer("sweep")(report, file, "sv")
    assert written(folder / "R" / "UT") == ["a.md", "a.txt", "djup/b.txt"]
    outputs = Outputs(comments=Path("R/UT"))
    assert not is_produced(Path("R/UT/a.md"), [Path("R/UT/a.md")], outputs), "named by itself it is one"
    assert not is_produced(Path("R/a.md"), [Path("R")], Outputs(comments=Path())), "a folder above is another's"


def test_edits_that_meet(bank: Bank) -> None:
    first, second, third = (Edit(start=at, end=at + 4, text="x") for at in (0, 2, 4))
    assert apart([[second], [first, third]]) == [first, third]
    assert apart([]) == []
