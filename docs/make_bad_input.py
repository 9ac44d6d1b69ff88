"""Writes docs/bad-input.md from the cases of tests/cli/bad_input_cases.py, with the messages that really come."""

import os
import re
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).resolve().parent
TOP = """# What you see when something is wrong

This page is made by `docs/make_bad_input.py`, which tries each of these and writes down the message that came;
`tests/cli/test_bad_input.py` tries them all again. In every case there is one message and no traceback; with exit code
2 nothing was written, and an older output is untouched. Exit code 1: rows were rejected (each with its reason in the
rejects file, shown here), or a list was refused. Exit code 0: the work was done, with a warning."""


def cell(text: str) -> str:
    """Write a text as a cell of a table in Markdown."""
    lines = [re.sub(r" *\|", r" \\|", line) if " |" in line else line.replace("|", r"\|") for line in text.splitlines()]
    return "<br>".join(f"`{line}`" for line in lines if line.strip())


def main() -> None:
    """Write the page."""
    sys.path.insert(0, str(DOCS.parent / "tests" / "cli"))
    from bad_input_cases import BY_HAND, GROUPS, happens

    page = [TOP]
    with tempfile.TemporaryDirectory() as top:
        os.environ |= {"TERMBANK_DATA": f"{top}/data", "TERMBANK_CACHE": f"{top}/cache"}
        for group, cases in GROUPS.items():
            page += [f"\n## {group}\n", "| What was tried | Exit code | What you see |", "| --- | --- | --- |"]
            for number, case in enumerate(cases):
                folder = Path(top, f"{group} {number}")
                folder.mkdir()
                outcome = happens(case, folder)
                page.append(f"| {case.title} | {outcome.ran.code} | {cell(outcome.message)} |")
    page += [f"| {title} | {code} | {cell(message)} |" for title, (code, message) in BY_HAND.items()]
    (DOCS / "bad-input.md").write_text("\n".join(page) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
