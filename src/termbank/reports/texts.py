"""What reports say, in Swedish and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "report": ("Begreppskontroll", "Terminology check"),
    "report-of": ("Begreppskontroll: {title}", "Terminology check: {title}"),
    "report-many": ("Begreppskontroll av {count} dokument", "Terminology check of {count} documents"),
    "skip": ("Hoppa till fynden", "Skip to the findings"),
    "checked-on": ("Kontrollerad {date}", "Checked on {date}"),
    "against": ("mot {banks}", "against {banks}"),
    "overview": ("Översikt", "Overview"),
    "documents": ("Dokument", "Documents"),
    "contents": ("Innehåll", "Contents"),
    "found": ("Vad som hittades", "What was found"),
    "found-help": (
        "Siffrorna leder till platsen i texten. Samma anmärkning står bara en gång i listan.",
        "The numbers lead to the place in the text. The same remark stands once in the list.",
    ),
    "error": ("fel", "error"),
    "warning": ("varning", "warning"),
    "info": ("upplysning", "info"),
    "error-0": ("inga fel", "no errors"),
    "error-1": ("1 fel", "1 error"),
    "error-n": ("{count} fel", "{count} errors"),
    "warning-0": ("inga varningar", "no warnings"),
    "warning-1": ("1 varning", "1 warning"),
    "warning-n": ("{count} varningar", "{count} warnings"),
    "info-0": ("inga upplysningar", "no remarks"),
    "info-1": ("1 upplysning", "1 remark"),
    "info-n": ("{count} upplysningar", "{count} remarks"),
    "document-1": ("1 dokument", "1 document"),
    "document-n": ("{count} dokument", "{count} documents"),
    "finding-1": ("1 anmärkning", "1 finding"),
    "finding-n": ("{count} anmärkningar", "{count} findings"),
    "place-1": ("1 ställe", "1 place"),
    "place-n": ("{count} ställen", "{count} places"),
    "and": ("och", "and"),
    "nothing": ("Inget att anmärka.", "Nothing to remark on."),
    "in-documents": ("{what} i {documents}.", "{what} in {documents}."),
    "known-1": ("1 anmärkning till var känd sedan tidigare.", "1 more finding was known before."),
    "known-n": ("{count} anmärkningar till var kända sedan tidigare.", "{count} more findings were known before."),
    "refused-1": ("1 dokument kunde inte läsas.", "1 document could not be read."),
    "refused-n": ("{count} dokument kunde inte läsas.", "{count} documents could not be read."),
    "refused": ("Kunde inte läsas", "Could not be read"),
    "not-read": ("Dokumentet kunde inte läsas.", "The document could not be read."),
    "known-many": ("kända sedan tidigare", "known before"),
    "known": ("känd sedan tidigare", "known before"),
    "advice": ("Råd", "Advice"),
    "note": ("Här", "Here"),
    "proposal": ("Förslag", "Proposal"),
    "change": ("skriv {new} i stället för {old}", "write {new} instead of {old}"),
    "insert": ("lägg till {new}", "add {new}"),
    "more-places": (", och {count} till", ", and {count} more"),
    "delete": ("ta bort {old}", "take {old} away"),
    "finding": ("Anmärkning {number}", "Finding {number}"),
    "to-text": ("{number}, till texten", "{number}, to the text"),
    "see": ("se", "see"),
    "whole": ("Om dokumentet som helhet", "Of the document as a whole"),
    "text": ("Texten", "The text"),
    "unchecked": ("Kontrolleras inte", "Not checked"),
    "masked-text": ("Texten visas inte i den här rapporten.", "The text is not shown in this report."),
    "masked": ("[dolt]", "[hidden]"),
    "line": ("rad {line}", "line {line}"),
    "line-column": ("rad {line}, tecken {column}", "line {line}, character {column}"),
    "offset": ("tecken {start}", "character {start}"),
    "concept": ("Begreppet {term}", "The concept {term}"),
    "definition": ("Definition", "Definition"),
    "definition-source": ("Definitionens källa", "Source of the definition"),
    "ours": ("vår formulering", "our wording"),
    "official": ("källans ordalydelse", "the source's wording"),
    "source": ("Källa", "Source"),
    "use": ("Använd", "Use"),
    "preferred": ("Rekommenderad term", "Preferred term"),
    "admitted": ("Tillåten term", "Admitted term"),
    "deprecated": ("Avrådd term", "Deprecated term"),
    "superseded": ("Ersatt term", "Superseded term"),
    "comment": ("Kommentar", "Comment"),
    "checked": ("Kontrollerad", "Checked"),
    "valid": ("Gäller", "Valid"),
    "from": ("från {date}", "from {date}"),
    "until": ("till och med {date}", "until {date}"),
    "replaced-by": ("Ersatt av", "Replaced by"),
    "owner": ("Ansvarig", "Owner"),
    "dated": ("Daterad", "Dated"),
    "filter": ("Visa", "Show"),
    "show-error": ("fel", "errors"),
    "show-warning": ("varningar", "warnings"),
    "show-info": ("upplysningar", "remarks"),
    "show-known": ("kända sedan tidigare", "known before"),
    "previous": ("Föregående", "Previous"),
    "next": ("Nästa", "Next"),
    "jump": ("Gå mellan anmärkningar", "Go between findings"),
    "jump-help": ("Alt och piltangenterna gör detsamma.", "Alt and the arrow keys do the same."),
    "legend": ("Så är orden märkta", "How the words are marked"),
    "table": ("Tabell {number}", "Table {number}"),
    "edited-1": ("1 ställe är redan rättat.", "1 place is mended already."),
    "edited-n": ("{count} ställen är redan rättade.", "{count} places are mended already."),
    "made-by": ("Gjord med termbank {version}.", "Made by termbank {version}."),
    "checks": ("kontroll", "check"),
    "clean": ("inga anmärkningar", "no findings"),
    # the sweep
    "sweep": ("Begreppskontroll av hela samlingen", "Terminology check of the whole collection"),
    "new-since": ("Nytt sedan förra kontrollen", "New since the last check"),
    "became-1": (
        "1 dokument har fått nya anmärkningar.",
        "1 document has new findings.",
    ),
    "became-n": (
        "{count} dokument har fått nya anmärkningar.",
        "{count} documents have new findings.",
    ),
    "became-0": ("Inget dokument har fått nya anmärkningar.", "No document has new findings."),
    "ranked": ("Dokumenten, de mest angelägna först", "The documents, the most urgent first"),
    "score": ("poäng", "points"),
    "score-help": (
        "Ett nytt fel ger {error} poäng, en ny varning {warning} och en ny upplysning {info}. Det som var känt sedan "
        "tidigare ger inga poäng men skiljer dokument med lika många.",
        "A new error gives {error} points, a new warning {warning} and a new remark {info}. What was known before "
        "gives none, but parts documents that have the same.",
    ),
    "fine-0": ("Alla dokument har anmärkningar.", "Every document has findings."),
    "fine-1": ("1 dokument utan anmärkningar", "1 document without findings"),
    "fine-n": ("{count} dokument utan anmärkningar", "{count} documents without findings"),
    "new": ("Nytt", "New"),
    "new-one": ("ny", "new"),
    "before": ("kända", "known"),
    "orders": ("Samma dokument i annan ordning", "The same documents in another order"),
    "by-name": ("Efter namn", "By name"),
    "by-owner": ("Efter ansvarig", "By owner"),
    "by-date": ("Efter datum, äldst först", "By date, oldest first"),
    "no-owner": ("Ansvarig anges inte", "No owner stated"),
    "no-date": ("utan datum", "no date"),
    "rules": ("Vilka regler det gäller", "Which rules"),
    "rule": ("Regel", "Rule"),
    "severity": ("Vikt", "Severity"),
    "means": ("Vad göra", "What to do"),
    "of-them-new": ("Nya", "New"),
    "in-all": ("Alla", "All"),
    "in-how-many": ("Dokument", "Documents"),
    "search": ("Filtrera på namn, ansvarig eller ord", "Filter by name, owner or word"),
    "sort": ("Ordna efter", "Sort by"),
    "rank": ("angelägenhet", "urgency"),
    "name": ("namn", "name"),
    "date": ("datum", "date"),
    "shown-of": ("{shown} av {count} visas", "{shown} of {count} shown"),
    "more": ("och {count} till", "and {count} more"),
    "more-in-report": (
        "{count} anmärkningar till står i dokumentets egen rapport.",
        "{count} more findings stand in the document's own report.",
    ),
    "files": ("Filer", "Files"),
    "output-commented": ("med kommentarer", "with comments"),
    "output-fixed": ("rättad", "mended"),
    "output-appendix": ("bilaga", "appendix"),
    "output-report": ("detaljerad rapport", "detailed report"),
    "what-to-do": ("Vad göra", "What to do"),
    # the appendix
    "appendix": ("Begrepp och lagrum i denna rutin", "Concepts and legal references in this routine"),
    "concepts-used": ("Begrepp", "Concepts"),
    "laws-cited": ("Lagrum", "Legal references"),
    "term": ("Term", "Term"),
    "status": ("Status", "Status"),
    "citation": ("Lagrum", "Reference"),
    "about": ("Vad det gäller", "What it is about"),
    "validity": ("Giltighet", "Validity"),
    "in-force": ("gäller", "in force"),
    "no-longer": ("gäller inte sedan {date}", "not in force since {date}"),
    "repealed": ("upphävd", "repealed"),
    "not-yet": ("gäller från {date}", "in force from {date}"),
    "in-force-unknown": ("giltighet inte angiven", "validity not stated"),
    "none-used": ("Inga begrepp hittades.", "No concepts were found."),
    "none-cited": ("Inga lagrum hittades.", "No legal references were found."),
    "status-preferred": ("rekommenderad", "preferred"),
    "status-admitted": ("tillåten", "admitted"),
    "status-deprecated": ("avrådd", "deprecated"),
    "status-superseded": ("ersatt", "superseded"),
    "status-unknown": ("utan angiven status", "status not stated"),
    "as-of": (
        "Giltigheten är bedömd för {date}. När varje uppgift jämfördes med sin källa står sist på raden.",
        "Validity is judged for {date}. When each entry was compared with its source stands last in the row.",
    ),
}


def text(key: str, language: str, **arguments: object) -> str:
    """Return a text in a language, filled with its arguments.

    Arguments:
        key: name of the text.
        language: `sv`, or `en` for anything else.
        arguments: what stands in braces in it.

    Returns:
        The text; an unknown key is its own text.

    >>> text("known-1", "en")
    '1 more finding was known before.'
    """
    swedish, english = TEXTS.get(key, (key, key))
    return (swedish if language == "sv" else english).format(**arguments)


def number(value: int, language: str) -> str:
    """Write a number with its thousands apart.

    >>> number(12345, "en")
    '12,345'
    """
    return f"{value:,}".replace(",", "\u00a0" if language == "sv" else ",")


def plural(key: str, count: int, language: str) -> str:
    """Return the text for a count: `key-0` (where there is one), `key-1` or `key-n`.

    >>> plural("warning", 1, "sv"), plural("warning", 2, "sv")
    ('1 varning', '2 varningar')
    """
    form = f"{key}-{count}" if count in (0, 1) else f"{key}-n"
    return text(form if form in TEXTS else f"{key}-n", language, count=number(count, language))


def listed(items: list[str], language: str) -> str:
    """Write items as a reader expects: commas, and `och` or `and` before the last.

    >>> listed(["1 fel", "2 varningar", "1 upplysning"], "sv")
    '1 fel, 2 varningar och 1 upplysning'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {text('and', language)} {items[-1]}"


def quoted(words: str, language: str) -> str:
    """Put words in the quotation marks of the language.

    >>> quoted("region", "sv"), quoted("region", "en")
    ('”region”', '“region”')
    """
    return f"”{words}”" if language == "sv" else f"“{words}”"
