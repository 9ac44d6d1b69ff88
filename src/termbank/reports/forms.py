"""The forms that a report can take, each in a module that is imported when it is asked for."""

from importlib import import_module
from typing import Protocol, TextIO

from termbank.reports.report import Report

FORMS: dict[str, str] = {
    "text": "terminal",
    "json": "json_array",
    "jsonl": "json_lines",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "html": "page",
    "sweep": "sweep",
}
"""The module that writes each form."""


class Writer(Protocol):
    """A function that writes a report in one form."""

    def __call__(self, report: Report, stream: TextIO, language: str) -> None:
        """Write a report to a stream, in Swedish (`sv`) or English (`en`)."""
        ...


def writer(form: str) -> Writer:
    """Return the function that writes a form.

    Arguments:
        form: one of `FORMS`.

    Returns:
        Its `write`.

    Raises:
        KeyError: there is no such form.

    >>> writer("jsonl").__module__
    'termbank.reports.json_lines'
    """
    write: Writer = import_module(f"termbank.reports.{FORMS[form]}").write
    return write
