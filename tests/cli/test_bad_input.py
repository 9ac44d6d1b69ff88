"""Whatever a user gives: one clear message, the right exit code, no traceback, and nothing half-written."""

import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bad_input_cases import BY_HAND, CONVERT, GROUPS, HEADER, OLD, PROFILE, ROW, Case, book, happens

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bad-input.md"
CASES = [pytest.param(case, id=f"{group}: {case.title}") for group, cases in GROUPS.items() for case in cases]
COMMAND = [sys.executable, "-m", "termbank_cli.main"]


@pytest.mark.parametrize("case", CASES)
def test_one_clear_message(case: Case, tmp_path: Path) -> None:
    ran, message, new, output = happens(case, tmp_path)
    assert ran.code == case.code, (ran.out, ran.err)
    assert case.says in message
    assert "Traceback" not in ran.out + ran.err and "defect of termbank" not in ran.err
    if case.code == 2:
        assert ran.out == ""
        assert output in (OLD, None) and not new
        assert case.arguments[:1] == ("konvertera",) or len(message.splitlines()) <= 4
    assert not [name for name in new if name.startswith(".")]


def test_the_page_has_every_case(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for group, cases in GROUPS.items():
        assert f"## {group}\n" in page
        for number, case in enumerate(cases):
            assert f"| {case.title} |" in page, "run docs/make_bad_input.py"
            assert case.says in page.replace("\\|", "|"), (number, "run docs/make_bad_input.py")
    for title, (_, message) in BY_HAND.items():
        assert title in page and message in page


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A folder with a profile and a file that takes a few seconds."""
    (tmp_path / "profil.toml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "lokal.csv").write_text("kod;titel\nSIP;x\n", encoding="utf-8")
    (tmp_path / "rader.csv").write_bytes(f"{HEADER}\n".encode() + f"{ROW}\n".encode() * 3_000_000)
    (tmp_path / "ut.csv").write_bytes(OLD)
    return tmp_path


def test_interrupted(large: Path) -> None:
    before = sorted(large.iterdir())
    process = subprocess.Popen(
        [*COMMAND, *CONVERT], cwd=large, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 20
    while time.monotonic() < until and not any(p.stat().st_size for p in large.glob(".ut.csv.*")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    code, message = BY_HAND["Interrupted with Ctrl-C"]
    assert (process.returncode, out, err.strip()) == (code, "", message)
    assert sorted(large.iterdir()) == before
    assert (large / "ut.csv").read_bytes() == OLD


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_limit_on_the_size_of_files(kind: str, tmp_path: Path) -> None:
    """The nearest to a full disk that any user can make: writes fail in the middle."""
    (tmp_path / "profil.toml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "lokal.csv").write_text("kod;titel\nSIP;x\n", encoding="utf-8")
    (tmp_path / "rader.csv").write_bytes(f"{HEADER}\n".encode() + f"{ROW}\n".encode() * 20_000 + b"1;;;;\n")
    book(tmp_path)
    before = sorted(tmp_path.iterdir())
    limit = {"csv": 100_000, "xlsx": 3_000}[kind]
    arguments = ["convert", f"rader.{kind}", "--profile", "profil.toml", "-o", f"ut.{kind}"]
    subprocess.run([*COMMAND, "info"], check=True, capture_output=True)  # the bank is compiled, and not limited
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 2, done
    said = r"termbank: ut(\.rejects)?\.\w+: the file cannot be written \(File too large\); choose another place\.\n"
    assert re.fullmatch(said, done.stderr), done.stderr
    assert sorted(tmp_path.iterdir()) == before
