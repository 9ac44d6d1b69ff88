"""Word documents for the tests, made from raw XML: every construct that Swedish templates are full of."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{more}</w:style>'
    for style_id, name, more in (
        ("Normal", "Normal", ""),
        ("Rubrik", "Title", '<w:basedOn w:val="Normal"/>'),
        ("Rubrik1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("Rubrik2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("Regionrubrik", "Region Rubrik", '<w:basedOn w:val="Rubrik2"/>'),
        ("Citat", "Quote", '<w:basedOn w:val="Normal"/><w:rPr><w:i/></w:rPr>'),
        ("Beskrivning", "caption", ""),
        ("Punktlista", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        ("Innehll1", "toc 1", ""),
        ("Dold", "Dold text", "<w:rPr><w:vanish/></w:rPr>"),
        ("Kommentarer", "annotation text", ""),
    )
) + (
    '<w:style w:type="character" w:styleId="Kommentarsreferens"><w:name w:val="annotation reference"/>'
    '<w:rPr><w:sz w:val="16"/></w:rPr></w:style>'
)


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, style: str = "", more: str = "") -> str:
    """Return a paragraph of runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p>{f'<w:pPr>{named}{more}</w:pPr>' if named or more else ''}{content}</w:p>"


def table(*rows: list[str]) -> str:
    """Return a table; cells are block content."""
    grid = "".join('<w:gridCol w:w="3000"/>' for _ in rows[0])
    body = "".join(
        "<w:tr>"
        + "".join(f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in row)
        + "</w:tr>"
        for row in rows
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def field(instruction: str, result: str) -> str:
    """Return a complex field; its result is runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(content: str, fallback: str | None = None) -> str:
    """Return a run with a text box, and its copy for older programs."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline><wp:extent cx="3600000" cy="900000"/><wp:docPr id="7" name="Textruta 7"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3600000" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/>'
        f"</a:solidFill></a:ln></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/>"
        "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape style="width:283pt;height:71pt"><v:textbox>'
        f"<w:txbxContent>{content if fallback is None else fallback}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def old_text_box(content: str) -> str:
    """Return a run with a text box as Word 2007 wrote it."""
    return (
        '<w:r><w:pict><v:shape style="width:283pt;height:71pt"><v:textbox>'
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def picture(description: str) -> str:
    """Return a run with an empty drawing that has an alternative text."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/>'
        f'<wp:docPr id="9" name="Bild 9" descr={quoteattr(description)}/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def changed(kind: str, content: str) -> str:
    """Return a tracked change: ins, del, moveFrom, moveTo."""
    if kind in {"del", "moveFrom"}:
        content = (
            content.replace("<w:t>", "<w:delText>").replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        )
    return f'<w:{kind} w:id="901" w:author="Anna" w:date="2026-01-01T00:00:00Z">{content}</w:{kind}>'


def control(content: str, more: str = "") -> str:
    """Return a content control, around runs or around paragraphs."""
    return f'<w:sdt><w:sdtPr><w:id w:val="77"/>{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def docx(
    body: str,
    *,
    headers: tuple[str, ...] = (),
    footers: tuple[str, ...] = (),
    footnotes: tuple[str, ...] = (),
    endnotes: tuple[str, ...] = (),
    comments: str | None = None,
    core: str | None = None,
    styles: str = STYLES,
    more: Mapping[str, bytes] | None = None,
    types: str = "",
) -> bytes:
    """Return a Word document.

    Arguments:
        body: what stands in `w:body`.
        headers, footers: block content of each.
        footnotes, endnotes: block content of each; their ids are 1, 2 ...
        comments: what stands in `w:comments`; None: no such part.
        core: what stands in the core properties.
        styles: what stands in `w:styles`.
        more: further parts.
        types: further content types.
    """
    parts: dict[str, str] = {}
    relations: list[tuple[str, str]] = [("styles", "styles.xml")]
    parts["word/styles.xml"] = f"<w:styles {_SPACES}>{styles}</w:styles>"
    sections = ""
    for kind, tag, contents in (("header", "hdr", headers), ("footer", "ftr", footers)):
        for count, content in enumerate(contents, 1):
            relations.append((kind, f"{kind}{count}.xml"))
            parts[f"word/{kind}{count}.xml"] = f"<w:{tag} {_SPACES}>{content}</w:{tag}>"
            which = ("default", "first", "even")[count - 1]
            sections += f'<w:{kind}Reference w:type="{which}" r:id="rId{len(relations)}"/>'
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            relations.append((f"{kind}s", f"{kind}s.xml"))
            marks = (
                f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
                f'<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
                f"</w:{kind}>"
            )
            notes_xml = "".join(f'<w:{kind} w:id="{n}">{content}</w:{kind}>' for n, content in enumerate(notes, 1))
            parts[f"word/{kind}s.xml"] = f"<w:{kind}s {_SPACES}>{marks}{notes_xml}</w:{kind}s>"
    if comments is not None:
        relations.append(("comments", "comments.xml"))
        parts["word/comments.xml"] = f"<w:comments {_SPACES}>{comments}</w:comments>"
    parts["word/document.xml"] = (
        f'<w:document {_SPACES}><w:body>{body}<w:sectPr>{sections}<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708"/>'
        "</w:sectPr></w:body></w:document>"
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(relations, 1)
    )
    relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{relationships}">{links}</Relationships>'
    root = f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    overrides = f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    for kind, target in relations:
        overrides += f'<Override PartName="/word/{target}" ContentType="{_TYPE}.{kind}+xml"/>'
    if core is not None:
        overrides += (
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        )
        root += f'<Relationship Id="rId2" Type="{relationships}/metadata/core-properties" Target="docProps/core.xml"/>'
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{core}</cp:coreProperties>'
        )
    parts["_rels/.rels"] = f'<Relationships xmlns="{relationships}">{root}</Relationships>'
    content_types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}{types}</Types>"
    )
    data = {"[Content_Types].xml": (_DECLARATION + content_types).encode()}
    data |= {name: (_DECLARATION + text).encode() for name, text in parts.items()}
    return zipped(data | dict(more or {}))


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def cut(text: str) -> str:
    """Return a text cut into runs as Word cuts it: in the middle of words, with marks between."""
    third = max(len(text) // 3, 1)
    marks = (
        '<w:proofErr w:type="spellStart"/>',
        '<w:bookmarkStart w:id="3" w:name="_a"/><w:bookmarkEnd w:id="3"/>',
        "",
    )
    parts = (text[:third], text[third : 2 * third], text[2 * third :])
    return "".join(run(part, '<w:b w:val="0"/>') + mark for part, mark in zip(parts, marks, strict=True))


READ = (
    "title", "heading", "paragraph", "list-item", "caption", "quotation", "cut", "hyperlink", "field", "simple-field",
    "inserted", "moved", "inline-control", "block-control", "smart-tag", "cell", "nested-cell", "text-box",
    "old-text-box", "alternative-text", "footnote", "endnote", "header", "footer", "note-in-cell",
)  # fmt: skip
"""The constructs of `all_constructs` that are text."""

NOT_READ = ("deleted", "moved-away", "hidden", "contents", "instruction", "fallback", "comment")
"""Those that are none: a finding in them would be one too many, or the same thing twice."""


def all_constructs(sentences: Mapping[str, str] | None = None) -> bytes:
    """Return a Word document with every construct, each holding the sentence of its name.

    Arguments:
        sentences: by the names in `READ` and `NOT_READ`; one that is missing is "Texten i " and the name.
    """
    given = sentences or {}
    said = {name: given.get(name, f"Texten i {name}.") for name in (*READ, *NOT_READ)}

    def plain(name: str, style: str = "", more: str = "") -> str:
        return paragraph(run(said[name]), style, more)

    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{}Reference w:id="{}"/></w:r>'
    contents = control(
        paragraph(run("Innehåll"))
        + paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run(said["contents"]),
            "Innehll1",
        )
        + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
    )
    body = [
        plain("title", "Rubrik"),
        contents,
        plain("heading", "Regionrubrik"),
        paragraph(
            '<w:commentRangeStart w:id="4"/>' + run(said["paragraph"]) + '<w:commentRangeEnd w:id="4"/>'
            '<w:r><w:commentReference w:id="4"/></w:r>' + mark.format("footnote", 1)
        ),
        plain("list-item", "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        plain("caption", "Beskrivning"),
        plain("quotation", "Citat"),
        paragraph(cut(said["cut"])),
        paragraph(f'<w:hyperlink w:anchor="_a">{run(said["hyperlink"])}</w:hyperlink>'),
        paragraph(field(f'HYPERLINK "{said["instruction"]}"', run(said["field"]))),
        paragraph(f'<w:fldSimple w:instr=" TITLE ">{run(said["simple-field"])}</w:fldSimple>'),
        paragraph(changed("del", run(said["deleted"])) + changed("ins", run(said["inserted"]))),
        paragraph(changed("moveFrom", run(said["moved-away"])) + changed("moveTo", run(said["moved"]))),
        paragraph(run(said["hidden"], "<w:vanish/>")),
        paragraph(control(run(said["inline-control"]))),
        control(plain("block-control")),
        paragraph(f'<w:smartTag w:uri="urn:x" w:element="y">{run(said["smart-tag"])}</w:smartTag>'),
        table(
            [paragraph(run("Insats")), paragraph(run("Ansvarig"))],
            [plain("cell"), table([plain("nested-cell")]) + paragraph("")],
            [paragraph(run("Utan not") + mark.format("footnote", 2)), paragraph("")],
        ),
        paragraph(run("Texten runt rutan.") + text_box(plain("text-box"), plain("fallback"))),
        paragraph(run("Texten runt den gamla rutan.") + old_text_box(plain("old-text-box"))),
        paragraph(picture(said["alternative-text"])),
        paragraph(run("Sist.") + mark.format("endnote", 1)),
    ]
    return docx(
        "".join(body),
        headers=(plain("header"),),
        footers=(paragraph(run(said["footer"]) + run(" Sida ") + field("PAGE", run("1"))),),
        footnotes=(plain("footnote"), plain("note-in-cell")),
        endnotes=(plain("endnote"),),
        comments=f'<w:comment w:id="4" w:author="Anna" w:initials="A">{plain("comment", "Kommentarer")}</w:comment>',
        core="<dc:title>Samverkan vid utskrivning</dc:title><dc:creator>Anna Ek</dc:creator>"
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-03-01T08:00:00Z</dcterms:modified>',
    )
