"""Everything that may go wrong with what a user gives: each case is tested, and stands in docs/bad-input.md."""

import contextlib
import errno
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import xlsxwriter
from command import Ran, inside, run

HEADER = "Ärende;Datum;Insats;KVÅ"
ROW = "0417;2026-01-15;SIP;AU124"
PROFILE = """
date = "Datum"

[[vocabularies]]
file = "lokal.csv"
id = "lokal"
valid_from = 2020-01-01

[[columns]]
name = "Insats"
system = "lokal"

[[columns]]
name = "KVÅ"
system = "kva"
version = "2026"
"""
CONVERT = ("convert", "rader.csv", "--profile", "profil.toml", "-o", "ut.csv", "--lang", "en")
OLD = b"an older output\n"


class Case(NamedTuple):
    """One thing that goes wrong.

    Arguments:
        title: what was tried.
        prepare: makes it so, in a folder where all is well.
        code: the exit code.
        says: a part of what is seen; the whole stands in the page.
        arguments: of the command.
        seen: where the user sees it: on stderr, in the rejects, or in the report on stdout.
        around: what holds while the command runs.
    """

    title: str
    prepare: Callable[[Path], object]
    code: int
    says: str
    arguments: tuple[str, ...] = CONVERT
    seen: str = "stderr"
    around: Callable[[], contextlib.AbstractContextManager[object]] = contextlib.nullcontext


class Outcome(NamedTuple):
    """What a case came to: what ran, what the user sees, and what is in the folder that was not before."""

    ran: Ran
    message: str
    new: set[str]
    output: bytes | None


def records(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> Callable[[Path], object]:
    return lambda folder: (folder / "rader.csv").write_bytes(("\n".join([header, *rows]) + "\n").encode(encoding))


def raw(content: bytes, name: str = "rader.csv") -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def profile(old: str, new: str) -> Callable[[Path], object]:
    assert old in PROFILE
    return lambda folder: (folder / "profil.toml").write_text(PROFILE.replace(old, new, 1), encoding="utf-8")


def both(*steps: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: [step(folder) for step in steps]


def folder_named(name: str) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir()

    return make


def bank(change: Callable[[bytearray], object]) -> Callable[[Path], object]:
    """Build a bank, and do something to its bytes."""

    def make(folder: Path) -> None:
        with inside(folder):
            arguments = ("--as", "lokal", "--version", "1", "--bank", "region.bank")
            assert run("vocab", "add", "lokal.csv", *arguments).code == 0
        content = bytearray((folder / "region.bank").read_bytes())
        changed = change(content)
        (folder / "region.bank").write_bytes(changed if isinstance(changed, bytes) else content)

    return make


def overwrite(content: bytearray) -> None:
    for place in range(4096, len(content), 64):  # all pages but the first
        content[place : place + 32] = b"\xff" * 32


def book(folder: Path, name: str = "rader.xlsx") -> None:
    with xlsxwriter.Workbook(folder / name) as workbook:
        sheet = workbook.add_worksheet("Rader")
        for number, line in enumerate((HEADER, ROW)):
            sheet.write_row(number, 0, line.split(";"))


def refused(error: int) -> contextlib.AbstractContextManager[object]:
    """Let the system refuse to make any file beside an output."""
    return mock.patch("termbank.files._beside", side_effect=OSError(error, os.strerror(error)))


def disk_full() -> contextlib.AbstractContextManager[object]:
    return mock.patch("os.fsync", side_effect=OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))


@contextlib.contextmanager
def no_place(variable: str) -> Iterator[None]:
    """Let the folder of the user's data, or the cache, be one that cannot be made."""
    with mock.patch.dict(os.environ, {variable: str(Path("rader.csv", "inside a file"))}):
        yield


def xlsx(name: str, *more: str) -> tuple[str, ...]:
    return ("convert", name, "--profile", "profil.toml", "-o", "ut.xlsx", "--lang", "en", *more)


def zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "rader.xlsx", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")


_nothing = records(ROW)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BANK = ("lookup", "SIP", "--bank", "region.bank", "--lang", "en")

GROUPS: dict[str, list[Case]] = {
    "The file of records": [
        Case("There is no such file", lambda f: (f / "rader.csv").unlink(), 2, "there is no such file"),
        Case("It is a folder", folder_named("rader.csv"), 2, "this is a folder"),
        Case("It is empty", raw(b""), 2, "there is no header line"),
        Case("The profile states the wrong encoding: the header cannot be read",
             both(records(ROW, encoding="cp1252"), profile("\ndate", '\ninput.encoding = "utf-8"\ndate')), 2,
             "the header is not utf-8"),
        Case("The profile states the wrong encoding: a row cannot be read",
             both(raw(f"{HEADER}\n".encode() + b"0417;2026-01-15;SIP;AU124 p\xe5\n"),
                  profile("\ndate", '\ninput.encoding = "utf-8"\ndate')), 1,
             "The row cannot be read as utf-8.", seen="rejects"),
        Case("The profile states an encoding that is not supported",
             profile("\ndate", '\ninput.encoding = "cp850"\ndate'), 2, "use utf-8, utf-16 or windows-1252"),
        Case("No encoding is stated, and Windows-1252 is guessed, rightly", records(ROW, encoding="cp1252"), 0,
             "The file is not valid UTF-8 and was read as windows-1252.", seen="stdout"),
        Case("No encoding is stated, and Windows-1252 is guessed, wrongly", records(ROW, encoding="cp850"), 2,
             "the header is not windows-1252"),
        Case("The header is below title rows that the profile does not name",
             records(HEADER, ROW, header="Insatser i januari"), 2, "only one: see separator and skip_rows"),
        Case("The profile skips the header: a row of data would be the header",
             profile("\ndate", "\ninput.skip_rows = 1\ndate"), 2, "looks like a row of data"),
        Case("Two columns have the same name", records(ROW, header="Ärende;Datum;Insats;Insats"), 2,
             "more than one column is named"),
        Case("A quote in the header is never closed", raw(f'Ärende;"Datum;Insats\n{ROW}\n'.encode()), 2,
             "a quote in the header line is never closed"),
    ],
    "Single rows": [
        Case("A row has too few fields", records("0417;2026-01-15;SIP"), 1, "The row has 3 fields, the header 4.",
             seen="rejects"),
        Case("A row has too many fields", records(ROW + ";;x"), 1, "The row has 6 fields, the header 4.",
             seen="rejects"),
        Case("A row has a NUL byte", records("0417;2026-01-15;SIP;AU\x00124"), 1, "The row has a NUL character.",
             seen="rejects"),
        Case("A quote in a row is never closed", records('0417;2026-01-15;SIP;"AU124', ROW), 1,
             "A quote opens in the row and never closes.", seen="rejects"),
        Case("A code does not exist", records("0417;2026-01-15;SIPP;AU124"), 1,
             "Insats: The code SIPP does not exist in lokal|1.", seen="rejects"),
        Case("A date does not exist", records("0417;2026-02-30;SIP;AU124"), 1,
             "The column Datum has no date that can be read.", seen="rejects"),
    ],
    "The profile": [
        Case("There is no such file", lambda f: (f / "profil.toml").unlink(), 2, "there is no such file"),
        Case("It is no TOML", profile('"Datum"', "Datum"), 2, "profil.toml:2:"),
        Case("It names a column that is not in the file", profile('"Insats"', '"Insatser"'), 2,
             "there is no column Insatser; the columns are"),
        Case("It has a key that there is not", profile("version =", "versoin ="), 2, "there is no such key"),
        Case("A key has a value of the wrong kind", profile("\ndate", '\ninput.skip_rows = "två"\ndate'), 2,
             "input.skip_rows"),
        Case("A key has a value that there is not", profile('version = "2026"', 'invalid = "drop"'), 2,
             "'reject' or 'keep'"),
        Case("It names a system that is not in the bank", profile('system = "kva"', 'system = "kvaa"'), 2,
             "there is no system kvaa"),
        Case("It names a version that is not in the bank", profile('"2026"', '"2019"'), 2,
             "is not here in version 2019"),
        Case("It translates to a system that is not in the bank",
             profile('system = "lokal"', 'system = "lokal"\ntranslate = { to = "kvå", into = "ny" }'), 2,
             "there is no system kvå"),
        Case("It adds a column that is there already",
             profile('system = "lokal"', 'system = "lokal"\ntitle_into = "KVÅ"'), 2, "it is there already"),
        Case("Its list of codes is not there", lambda f: (f / "lokal.csv").unlink(), 2, "there is no file lokal.csv"),
        Case("Its list of codes has an error", lambda f: (f / "lokal.csv").write_text("kod;titel\nSIP;x\nSIP;y\n"), 2,
             "already stands on line 2"),
    ],
    "XLSX files": [
        Case("It is no XLSX file", raw(b"Datum;Insats\n", "rader.xlsx"), 2, "this is not an XLSX file",
             xlsx("rader.xlsx")),
        Case("It is an old Excel file", raw(_COMPOUND + b"\0" * 512, "rader.xls"), 2, "an old Excel file (XLS)",
             xlsx("rader.xls")),
        Case("It is another kind of archive", zipped, 2, "a ZIP archive but not an XLSX file", xlsx("rader.xlsx")),
        Case("It is protected with a password",
             raw(_COMPOUND + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le"), "rader.xlsx"), 2,
             "protected with a password", xlsx("rader.xlsx")),
        Case("It is not complete",
             both(book, lambda f: (f / "rader.xlsx").write_bytes((f / "rader.xlsx").read_bytes()[:2000])), 2,
             "damaged or not complete", xlsx("rader.xlsx")),
        Case("There is no such sheet", both(book, profile("\ndate", '\ninput.sheet = "Blad1"\ndate')), 2,
             "there is no sheet 'Blad1'; the sheets are 'Rader'", xlsx("rader.xlsx")),
    ],
    "Where the outputs go": [
        Case("The output is the source", _nothing, 2, "would be overwritten",
             (*CONVERT[:4], "-o", "rader.csv")),
        Case("The output is the profile", _nothing, 2, "would be overwritten",
             (*CONVERT[:4], "-o", "profil.toml")),
        Case("The output is a list of the profile", _nothing, 2, "would be overwritten",
             (*CONVERT[:4], "-o", "lokal.csv")),
        Case("The summary is a list of the profile", _nothing, 2, "the summary needs a file of its own",
             (*CONVERT, "--summary", "lokal.csv")),
        Case("The summary is the output", _nothing, 2, "the summary needs a file of its own",
             (*CONVERT, "--summary", "ut.csv")),
        Case("The output has the name of another format", _nothing, 2, "the format of the source, CSV",
             (*CONVERT[:4], "-o", "ut.xlsx")),
        Case("The output is a folder", folder_named("ut.csv"), 2, "this is a folder"),
        Case("The output is a device", _nothing, 2, "this is no ordinary file", (*CONVERT, "--rejects", os.devnull)),
        Case("The folder of the output does not exist", _nothing, 2, "the folder ny does not exist",
             (*CONVERT[:4], "-o", "ny/ut.csv")),
        Case("The folder of the output cannot be written", _nothing, 2, "you are not allowed to write in",
             around=lambda: refused(errno.EACCES)),
        Case("There is no space left", _nothing, 2, "there is no space left", around=disk_full),
    ],
    "Banks and lists": [
        Case("There is no such bank", _nothing, 2, "there is no such bank", _BANK),
        Case("It is no bank", raw(b"kod;titel\n" * 20, "region.bank"), 2, "this is not a bank", _BANK),
        Case("It was built by a later termbank", bank(lambda b: b.__setitem__(63, 99)), 2, "the bank has format 99",
             _BANK),
        Case("It is cut short", bank(lambda b: bytes(b[: len(b) // 2])), 2, "the bank is damaged", _BANK),
        Case("It is damaged", bank(overwrite), 2, "the bank is damaged", _BANK),
        Case("The cache cannot be written", _nothing, 0, "compiling into a temporary folder",
             ("lookup", "AU124", "--lang", "en"), around=lambda: no_place("TERMBANK_CACHE")),
        Case("The folder of your own lists cannot be written", _nothing, 2, "your lists cannot be written here",
             ("vocab", "add", "lokal.csv", "--as", "lokal", "--version", "1", "--lang", "en"),
             around=lambda: no_place("TERMBANK_DATA")),
        Case("A list that is added has an error", lambda f: (f / "lokal.csv").write_text("kod;titel\nSIP;x\nSIP;y\n"),
             1, "already stands on line 2",
             ("vocab", "add", "lokal.csv", "--as", "lokal", "--version", "1", "--lang", "en")),
        Case("A list that is added has no column with codes", lambda f: (f / "lokal.csv").write_text("nr;titel\n1;x\n"),
             2, "no column holds the code",
             ("vocab", "add", "lokal.csv", "--as", "lokal", "--version", "1", "--lang", "en")),
    ],
    "The command": [
        Case("There is no such command", _nothing, 2, "No such command", ("konvertera", "rader.csv")),
        Case("An option is missing", _nothing, 2, "Missing option", ("convert", "rader.csv", "-o", "ut.csv")),
    ],
}  # fmt: skip

BY_HAND = {
    "Interrupted with Ctrl-C": (130, "termbank: interrupted; nothing half-written was left"),
}
"""What only a process of its own can show; see test_bad_input.py."""


def happens(case: Case, folder: Path) -> Outcome:
    """Make it happen in an empty folder."""
    _nothing(folder)
    (folder / "profil.toml").write_text(PROFILE, encoding="utf-8")
    (folder / "lokal.csv").write_text("kod;titel\nSIP;Samordnad individuell plan\n", encoding="utf-8")
    (folder / "ut.csv").write_bytes(OLD)
    case.prepare(folder)
    before = {path.name for path in folder.iterdir()}
    with inside(folder), case.around():
        ran = run(*case.arguments)
    new = {path.name for path in folder.iterdir()} - before
    output = folder / "ut.csv"
    return Outcome(ran, _seen(case, ran, folder), new, output.read_bytes() if output.is_file() else None)


def _seen(case: Case, ran: Ran, folder: Path) -> str:
    if case.seen == "rejects":
        row = (folder / "ut.rejects.csv").read_text(encoding="utf-8").splitlines()[1]
        return row.split(";")[2]
    if case.seen == "stdout":
        return next((line.strip() for line in ran.out.splitlines() if case.says in line), ran.out)
    return re.sub(r"[0-9a-f]{32}", "…", ran.err.replace(f"{folder}/", "").replace(str(folder), "").strip())
