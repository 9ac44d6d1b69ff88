"""OpenDocument texts for the tests, made from raw XML."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_NAMES}:office:1.0" xmlns:text="{_NAMES}:text:1.0" xmlns:table="{_NAMES}:table:1.0" '
    f'xmlns:draw="{_NAMES}:drawing:1.0" xmlns:style="{_NAMES}:style:1.0" xmlns:meta="{_NAMES}:meta:1.0" '
    f'xmlns:svg="{_NAMES}:svg-compatible:1.0" xmlns:fo="{_NAMES}:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
)
_MIMETYPE = b"application/vnd.oasis.opendocument.text"
_STYLES = (
    '<style:style style:name="Standard" style:family="paragraph"/>'
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/>'
    '<style:style style:name="Quotations" style:family="paragraph"/>'
    '<style:style style:name="Caption" style:family="paragraph"/>'
    '<style:style style:name="Figure" style:family="paragraph" style:parent-style-name="Caption"/>'
)
_AUTOMATIC = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def paragraph(content: str, style: str = "Standard") -> str:
    """Return a paragraph."""
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def table(*rows: list[str]) -> str:
    """Return a table; cells are block content, and the first row is a heading."""
    made = [
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string">{cell}</table:table-cell>' for cell in row)
        + "</table:table-row>"
        for row in rows
    ]
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    return (
        f"<table:table>{columns}<table:table-header-rows>{made[0]}</table:table-header-rows>"
        f"{''.join(made[1:])}</table:table>"
    )


def note(kind: str, content: str) -> str:
    """Return a footnote or endnote, where its mark stands."""
    return (
        f'<text:note text:id="{kind}1" text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{content}</text:note-body></text:note>"
    )


def text_box(content: str) -> str:
    """Return a frame with a text box."""
    return (
        '<draw:frame draw:name="Ram1" text:anchor-type="as-char" svg:width="8cm" svg:height="2cm">'
        f"<draw:text-box>{content}</draw:text-box></draw:frame>"
    )


def odt(
    body: str,
    *,
    header: str = "",
    footer: str = "",
    meta: str = "",
    mimetype: bytes = _MIMETYPE,
    manifest: str = "",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return an OpenDocument text.

    Arguments:
        body: what stands in `office:text`.
        header, footer: block content.
        meta: what stands in `office:meta`.
        mimetype: what the package says it is.
        manifest: what stands in the manifest beside the parts.
        more: further parts.
    """
    ends = (f"<style:header>{header}</style:header>" if header else "") + (
        f"<style:footer>{footer}</style:footer>" if footer else ""
    )
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{_AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    page = '<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm"/>'
    page += "<style:header-style/><style:footer-style/></style:page-layout>"
    styles = (
        f"<office:document-styles {_SPACES}><office:styles>{_STYLES}</office:styles><office:automatic-styles>{page}"
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="pm1">{ends}</style:master-page></office:master-styles></office:document-styles>'
    )
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    parts = {
        "content.xml": content.encode(),
        "styles.xml": styles.encode(),
        "meta.xml": (
            f"<office:document-meta {_SPACES}><office:meta>{meta}</office:meta></office:document-meta>"
        ).encode(),
        "META-INF/manifest.xml": (
            f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0" manifest:version="1.3"><manifest:file-entry '
            f'manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MIMETYPE.decode()}"/>'
            f"{listed}{manifest}</manifest:manifest>"
        ).encode(),
    } | dict(more or {})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype, zipfile.ZIP_STORED)
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


READ = (
    "title", "heading", "paragraph", "list-item", "caption", "quotation", "cut", "link", "field", "inserted", "section",
    "cell", "nested-cell", "text-box", "shape", "alternative-text", "footnote", "endnote", "header", "footer",
)  # fmt: skip
"""The constructs of `all_constructs` that are text."""

NOT_READ = ("deleted", "hidden", "hidden-section", "contents", "comment")
"""Those that are none."""


def all_constructs(sentences: Mapping[str, str] | None = None) -> bytes:
    """Return an OpenDocument text with every construct, each holding the sentence of its name.

    Arguments:
        sentences: by the names in `READ` and `NOT_READ`; one that is missing is "Texten i " and the name.
    """
    given = sentences or {}
    said = {name: escape(given.get(name, f"Texten i {name}.")) for name in (*READ, *NOT_READ)}

    def plain(name: str, style: str = "Standard") -> str:
        return paragraph(said[name], style)

    half = len(said["cut"]) // 2
    changes = (
        '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info>'
        "<dc:creator>Anna</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>"
        f"{plain('deleted')}</text:deletion></text:changed-region>"
        '<text:changed-region text:id="ct2"><text:insertion><office:change-info><dc:creator>Anna</dc:creator>'
        "<dc:date>2026-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region>"
        "</text:tracked-changes>"
    )
    contents = (
        '<text:table-of-content text:name="Innehåll"><text:table-of-content-source text:outline-level="3"/>'
        f"<text:index-body>{plain('contents')}</text:index-body></text:table-of-content>"
    )
    shape = (
        '<draw:rect text:anchor-type="as-char" svg:width="8cm" svg:height="1cm">'
        + paragraph(said["shape"])
        + "</draw:rect>"
    )
    picture = (
        '<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="1cm">'
        f"<draw:text-box/><svg:desc>{said['alternative-text']}</svg:desc></draw:frame>"
    )
    remark = (
        '<office:annotation office:name="a1"><dc:creator>Anna</dc:creator><dc:date>2026-01-01T00:00:00</dc:date>'
        f"{plain('comment')}</office:annotation>"
    )
    body = [
        changes,
        plain("title", "Title"),
        contents,
        f'<text:h text:outline-level="2" text:style-name="Heading_20_2">{said["heading"]}</text:h>',
        paragraph(
            remark
            + said["paragraph"]
            + '<office:annotation-end office:name="a1"/>'
            + note("footnote", plain("footnote"))
        ),
        f"<text:list><text:list-item>{plain('list-item')}</text:list-item></text:list>",
        plain("caption", "Figure"),
        plain("quotation", "P1"),
        paragraph(
            f'{said["cut"][:half]}<text:bookmark text:name="b"/><text:span text:style-name="T1">{said["cut"][half:]}'
            "</text:span>"
        ),
        paragraph(f'<text:a xlink:type="simple" xlink:href="#b">{said["link"]}</text:a>'),
        paragraph(f"<text:title>{said['field']}</text:title>"),
        paragraph(
            '<text:change text:change-id="ct1"/><text:change-start text:change-id="ct2"/>'
            f'{said["inserted"]}<text:change-end text:change-id="ct2"/>'
        ),
        paragraph(f'<text:span text:style-name="T2">{said["hidden"]}</text:span>'),
        f'<text:section text:name="s">{plain("section")}</text:section>',
        f'<text:section text:name="h" text:display="none">{plain("hidden-section")}</text:section>',
        table(
            [paragraph("Insats"), paragraph("Ansvarig")],
            [plain("cell"), table([plain("nested-cell")]) + paragraph("")],
        ),
        paragraph("Texten runt rutan." + text_box(plain("text-box"))),
        paragraph("Texten runt formen." + shape),
        paragraph("Texten runt bilden." + picture),
        paragraph("Sist." + note("endnote", plain("endnote"))),
    ]
    return odt(
        "".join(body),
        header=plain("header"),
        footer=paragraph(said["footer"] + " Sida <text:page-number>1</text:page-number>"),
        meta="<dc:title>Samverkan vid utskrivning</dc:title><meta:initial-creator>Anna Ek</meta:initial-creator>"
        "<dc:date>2026-03-01T08:00:00</dc:date>",
    )
