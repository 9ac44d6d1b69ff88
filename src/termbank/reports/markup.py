"""Pieces of HTML that all pages share: escaping, the frame of a page, its style and script."""

import base64
import hashlib
import html
import re
from importlib.resources import files
from typing import NamedTuple

from termbank.reports.characters import visible

_WHOLE = re.compile(r"\d{4}-\d\d-\d\d|(?:\d+ ?[a-z]? kap\. )?\d+ ?[a-z]? §(?: \w+)?|\(\d{4}:\d+\)")

GENERATOR = '<meta name="generator" content="termbank">'
"""Stands near the beginning of each page, so that it is not taken for a document."""


class Asset(NamedTuple):
    """A style or a script, and the hash by which a Content Security Policy knows it."""

    body: str
    hash: str


def escape(text: str) -> str:
    r"""Escape a text for HTML, in an element or in a quoted attribute, without changing how it reads.

    Arguments:
        text: any text.

    Returns:
        The text; carriage returns as references, since a parser would take them for line feeds.

    >>> escape("</script> & \x00")
    '&lt;/script&gt; &amp; ␀'
    """
    return html.escape(visible(text)).replace("\r", "&#13;")


def prose(text: str) -> str:
    """Escape a sentence of ours, and keep dates and references to statutes from being broken over lines.

    Arguments:
        text: the sentence.

    Returns:
        Markup.

    >>> prose("10 kap. 8 § SoL gäller.")
    '<span class="nb">10 kap. 8 § SoL</span> gäller.'
    """
    return _WHOLE.sub(r'<span class="nb">\g<0></span>', escape(text))


def asset(*names: str) -> Asset:
    """Return files of the `assets` folder, one after the other, with their hash (CSP Level 3)."""
    folder = files("termbank.reports") / "assets"
    body = "".join((folder / name).read_text("utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    return Asset(body, f"'sha256-{digest}'")


def head(title: str, language: str, style: Asset, script: Asset) -> str:
    """Write the beginning of a page that loads nothing: its policy lets only its own style and script work.

    Arguments:
        title: title of the page.
        language: `sv` or `en`.
        style, script: what the page has of its own.

    Returns:
        Everything up to and including `<body>`.

    >>> "default-src 'none'" in head("En titel", "sv", Asset("", "''"), Asset("", "''"))
    True
    """
    policy = (
        f"default-src 'none'; style-src {style.hash}; script-src {script.hash}; base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n{GENERATOR}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style.body}</style>\n</head>\n<body>\n"
    )


def foot(script: Asset) -> str:
    """Write the end of a page."""
    return f"<script>{script.body}</script>\n</body>\n</html>\n"


def element(name: str, body: str, **attributes: str | None) -> str:
    """Write an element around what is markup already; `class_` is the attribute class.

    >>> element("p", escape("a < b"), class_="x")
    '<p class="x">a &lt; b</p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value
    )
    return f"<{name}{written}>{body}</{name}>"
