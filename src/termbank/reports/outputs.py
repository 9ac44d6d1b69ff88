"""Links to the files that were written for a document."""

import os

from termbank.reports.markup import element, escape
from termbank.reports.report import Checked, Report
from termbank.reports.sarif_places import uri
from termbank.reports.texts import TEXTS, text


def links(report: Report, checked: Checked, language: str) -> str:
    """Write links to the files of a document, relative where their paths are.

    Arguments:
        report: the run, which says where the page will lie.
        checked: the document.
        language: `sv` or `en`.

    Returns:
        Markup of one paragraph; empty where there are none.

    >>> import datetime
    >>> checked = Checked("a.docx", outputs=(("fixed", "ut/a rättad.docx"),))
    >>> links(Report((checked,), datetime.date(2026, 11, 22)), checked, "sv")
    '<p class="files">Filer: <a href="ut/a%20r%C3%A4ttad.docx">rättad</a></p>'
    """
    said = [
        f'<a href="{escape(uri(_from(report.folder, path)))}">'
        f"{escape(text(f'output-{kind}', language) if f'output-{kind}' in TEXTS else kind)}</a>"
        for kind, path in checked.outputs
    ]
    return element("p", f"{text('files', language)}: {', '.join(said)}", class_="files") if said else ""


def _from(folder: str, path: str) -> str:
    """Return a path as it is from a folder; on Windows a path on another drive stays as it is."""
    if not folder:
        return path
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return path
