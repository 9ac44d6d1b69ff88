"""What the commands say, in Swedish and English."""

import os

TEXTS: dict[str, tuple[str, str]] = {
    "preferred": ("rekommenderad", "preferred"),
    "admitted": ("tillåten", "admitted"),
    "deprecated": ("avrådd", "deprecated"),
    "superseded": ("ersatt", "superseded"),
    "unknown": ("utan angiven status", "status not stated"),
    "noun": ("substantiv", "noun"),
    "proper-noun": ("egennamn", "proper noun"),
    "verb": ("verb", "verb"),
    "adjective": ("adjektiv", "adjective"),
    "adverb": ("adverb", "adverb"),
    "phrase": ("fras", "phrase"),
    "other": ("annat", "other"),
    "abbreviation": ("förkortning", "abbreviation"),
    "acronym": ("akronym", "acronym"),
    "full-form": ("fullform", "full form"),
    "short-form": ("kortform", "short form"),
    "variant": ("variant", "variant"),
    "complete": ("hela listan", "complete"),
    "fragment": ("utdrag", "fragment"),
    "supplement": ("tillägg", "supplement"),
    "definition": ("Definition", "Definition"),
    "ours": ("vår formulering", "our wording"),
    "official": ("källans ordalydelse", "the source's wording"),
    "comment": ("Kommentar", "Comment"),
    "notes": ("Anmärkning", "Note"),
    "examples": ("Exempel", "Example"),
    "subject_field": ("Ämnesområde", "Subject field"),
    "broader": ("Överordnat", "Broader"),
    "narrower": ("Underordnat", "Narrower"),
    "broader-generic": ("Är ett slags", "Is a kind of"),
    "narrower-generic": ("Slag", "Kinds"),
    "broader-partitive": ("Är del av", "Is part of"),
    "narrower-partitive": ("Delar", "Parts"),
    "related": ("Jämför", "Compare"),
    "replaced-by": ("Ersatt av", "Replaced by"),
    "replaces": ("Ersätter", "Replaces"),
    "decided": ("Beslutad", "Decided"),
    "checked_on": ("Kontrollerad", "Checked"),
    "source": ("Källa", "Source"),
    "valid": ("Gäller", "Valid"),
    "from": ("från", "from"),
    "to": ("till och med", "until"),
    "abstract": ("Rubrik, väljs inte själv", "A heading, not selected itself"),
    "assumed-abstract": (
        "Antas vara rubrik (listan säger det inte)",
        "Assumed to be a heading (the list does not say)",
    ),
    "inactive": ("Inaktiv", "Inactive"),
    "below": ("Underordnade koder", "Codes below"),
    "translations": ("Översättningar", "Translations"),
    "equivalent": ("motsvarar", "equivalent"),
    "source-is-narrower-than-target": ("är snävare än", "narrower than"),
    "source-is-broader-than-target": ("är vidare än", "broader than"),
    "related-to": ("har samband med", "related to"),
    "not-related-to": ("har inte samband med", "not related to"),
    "no-counterpart": ("saknar motsvarighet", "has no counterpart"),
    "confidence": ("säkerhet", "confidence"),
    "use-instead": ("använd", "use"),
    "here": ("{term} är {status} här", "{term} is {status} here"),
    "nothing": ("Ingenting heter {text}.", "Nothing is called {text}."),
    "nearest": ("Närmast:", "Nearest:"),
    "no-hits": ("Inget hittades för {text}.", "Nothing was found for {text}."),
    "no-translation": ("ingen översättning känd", "no translation known"),
    "inverse": ("läst baklänges", "read backwards"),
    "version": ("Version", "Version"),
    "bank": ("Bank", "Bank"),
    "digest": ("Digest", "Digest"),
    "data": ("Egna listor", "Your lists"),
    "cache": ("Kompilerat", "Compiled"),
    "vocabularies": ("Vokabulärer", "Vocabularies"),
    "mapping-sets": ("Mappningar", "Mapping sets"),
    "assumed": ("antaget", "assumed"),
    "assume-selectable": ("vilka koder som är valbara", "which codes are selectable"),
    "assume-validity": ("när listan gäller", "when the list is in force"),
    "assume-hierarchy": ("koders överordnade, av hur de skrivs", "what is above a code, from how it is written"),
    "concepts": ("begrepp", "concepts"),
    "always": ("gäller: ej angivet", "in force: not stated"),
    "added": ("{count} koder lades till som {name}.", "{count} codes were added as {name}."),
    "not-added": (
        "Listan lades inte till: {count} rader har fel. Rätta dem, eller lägg till resten med --skip-errors.",
        "The list was not added: {count} rows have errors. Correct them, or add the rest with --skip-errors.",
    ),
    "skipped": ("{count} rader med fel lämnades utanför.", "{count} rows with errors were left out."),
    "more": ("... och {count} till", "... and {count} more"),
    "assumptions": (
        "Listan säger inte följande, som därför antas: {what}.",
        "The list does not say the following, which is therefore assumed: {what}.",
    ),
    "compiled": (
        "Banken är kompilerad: {size} MB på {seconds} s.",
        "The bank is compiled: {size} MB in {seconds} s.",
    ),
    "removed": ("{name} togs bort ur dina listor.", "{name} was removed from your lists."),
    "rows": ("rader", "rows"),
    "rows-in": ("Rader in", "Rows in"),
    "rows-out": ("Rader ut", "Rows out"),
    "rows-kept": ("Rader utan fel", "Rows without error"),
    "rows-rejected": ("Avvisade rader", "Rows rejected"),
    "conserved": ("in = ut + avvisade, kontrollerat", "in = out + rejected, checked"),
    "not-rows": (
        "Utöver raderna: {titles} rubrikrader överst, {blank} tomma, {trailing} från summaraden",
        "Besides the rows: {titles} title lines above, {blank} blank, {trailing} from the sum row on",
    ),
    "columns": ("Kolumner", "Columns"),
    "findings": ("Fynd", "Findings"),
    "cells": ("celler", "cells"),
    "of-which-rejected": ("varav avvisade rader", "of which rows rejected"),
    "right": ("rätt", "right"),
    "wrong": ("fel", "wrong"),
    "undetermined": ("kan inte avgöras", "undetermined"),
    "empty": ("tomma", "empty"),
    "coverage": ("översatta till {to}", "translated to {to}"),
    "commonest": ("vanligast", "commonest"),
    "used": ("Svaren kommer från", "The answers come from"),
    "written": ("Skrivet", "Written"),
    "source-file": ("Fil", "File"),
    "profile": ("Profil", "Profile"),
    "error": ("fel", "error"),
    "warning": ("varning", "warning"),
    "info": ("upplysning", "info"),
}


def default_language() -> str:
    """Return `sv` where the locale is Swedish, else `en`."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "sv" if value.lower().startswith("sv") else "en"
    return "en"


def text(key: str, language: str, **arguments: object) -> str:
    """Return a text in a language, filled with its arguments; an unknown key is its own text."""
    swedish, english = TEXTS.get(key, (key, key))
    return (swedish if language == "sv" else english).format(**arguments)


def number(value: int | None, language: str) -> str:
    """Write a number with its thousands apart; None is a count that was suppressed."""
    if value is None:
        return "–"
    return f"{value:,}".replace(",", "\u00a0" if language == "sv" else ",")
