"""Examples of the rules for texts, wrong and right: shown on each rule's page, and run as tests."""

from typing import NamedTuple


class Wrong(NamedTuple):
    """A text with something wrong in it.

    Arguments:
        text: the text.
        found: the words that are told.
        mended: the text after the edit, where the rule offers one.
    """

    text: str
    found: str
    mended: str | None = None


class Examples(NamedTuple):
    """What a rule tells, what it leaves alone, and why it is so."""

    wrong: tuple[Wrong, ...]
    right: tuple[str, ...]
    why_sv: str
    why_en: str


EXAMPLES: dict[str, Examples] = {
    "deprecated-term": Examples(
        (
            Wrong("Personer med handikapp ska få stöd.", "handikapp"),
            Wrong("Hon bor på ett servicehus.", "servicehus"),
        ),
        (
            "Termen ”handikapp” är avrådd sedan 2007.",
            "Den upprättade vårdplanen följs upp varje månad.",
            "Vårdgivaren ansvarar för att det finns ett ledningssystem.",
        ),
        "Status hör till termen i sitt begrepp. En sträng som är avrådd i ett begrepp och rekommenderad i ett annat "
        "bedöms efter orden omkring, och lämnas där de inte räcker. Ersätts termen olika efter sammanhanget ställs "
        "en fråga och inget ändras.",
        "Status belongs to a term in its concept. A string that is deprecated in one concept and preferred in another "
        "is judged by the words around it, and left where they do not tell. Where the replacement depends on the "
        "sense, a question is asked and nothing is edited.",
    ),
    "superseded-term": Examples(
        (
            Wrong("Landstingets rutin gäller.", "Landstingets", "Regionens rutin gäller."),
            Wrong("Flera landsting arbetar så.", "landsting", "Flera regioner arbetar så."),
            Wrong("SKL rekommenderar detta.", "SKL", "SKR rekommenderar detta."),
        ),
        (
            "Dåvarande landstinget beslutade om rutinen.",
            "År 2015 beslutade landstinget om rutinen.",
            "SKL (2015) beskriver arbetssättet.",
        ),
        "Ett gammalt namn är rätt om dåtid, i källhänvisningar, titlar och citat, och i dokument från dess tid.",
        "A former name is right about the past, in references, titles and quotations, and in documents from its time.",
    ),
    "admitted-term": Examples(
        (Wrong("Hon bor på ett äldreboende.", "äldreboende"),),
        ("Hon bor på ett särskilt boende för äldre.",),
        "Avstängd om den inte väljs: --select admitted-term.",
        "Off unless it is selected: --select admitted-term.",
    ),
    "sam-usage": Examples(
        (
            Wrong("Sjuksköterskan samverkar insatserna runt patienten.", "samverkar"),
            Wrong("Teamet ska samarbeta resurserna.", "samarbeta"),
        ),
        (
            "Regionen och kommunen samarbetar i fråga om utskrivningen.",
            "Samarbete och samverkan kräver tid.",
            "Så samverkar vården kring barnet.",
        ),
        "Skillnaden är fin och lagarna använder orden olika. Regeln talar därför bara där meningen själv visar det, "
        "alltid som upplysning och aldrig med en ändring.",
        "The distinction is fine and statutes use the words differently. The rule therefore speaks only where the "
        "sentence itself shows it, always as info and never with an edit.",
    ),
    "repealed-law": Examples(
        (
            Wrong("Planen upprättas enligt 2 kap. 7 § SoL (2001:453).", "2 kap. 7 § SoL (2001:453)"),
            Wrong("Journalen förs enligt SOSFS 2008:14.", "SOSFS 2008:14"),
        ),
        (
            "Rutinen följer SoL.",
            "Rutinen är fastställd 2024-03-01. Planen upprättas enligt 2 kap. 7 § SoL (2001:453).",
            "Den 1 juli 2025 ersattes socialtjänstlagen (2001:453).",
        ),
        "En hänvisning bedöms för dokumentets dag: den som anges, eller som dokumentet självt säger (fastställd, "
        "gäller från), annars i dag. Vad som ersatte paragrafen hämtas ur konkordansen, med hur säkert det är.",
        "A reference is judged for the document's day: as given, or as the document itself says, else today. What "
        "replaced the section comes from the concordance, with how sure that is.",
    ),
    "misspelled-term": Examples(
        (Wrong("God samvekran kräver tid.", "samvekran", "God samverkan kräver tid."),),
        ("God samverkan kräver tid.", "Hon samvaror sällan."),
        "Ett ord som nästan är en term och inte är ett svenskt ord. Ordlistan (tillägget sv) gör regeln säkrare.",
        "A word that is nearly a term and is no Swedish word. The word list (extra sv) makes the rule surer.",
    ),
    "inconsistent-term": Examples(
        (
            Wrong(
                "Hon bor på ett äldreboende. Ett särskilt boende för äldre söks hos kommunen.",
                "särskilt boende för äldre",
            ),
        ),
        ("Insatsen följs upp. Åtgärden dokumenteras.",),
        "Två termer för samma begrepp i samma dokument. Av där lagar själva växlar (insats och åtgärd, patient och "
        "brukare).",
        "Two terms for one concept in one document. Off where statutes themselves vary.",
    ),
    "undefined-abbreviation": Examples(
        (Wrong("Kontakta ÖPT för vidare planering.", "ÖPT"),),
        ("Öppen psykiatrisk tvångsvård (ÖPT) planeras. Kontakta ÖPT.", "SIP enligt HSL och SoL."),
        "En ovanlig förkortning som aldrig skrivs ut. Det som alla känner (SIP, LSS, HSL, SoL, ADL) lämnas; fler kan "
        "läggas till i termbank.toml under words.",
        "An uncommon abbreviation that is never written out. What everyone knows is left; more can be added in "
        "termbank.toml under words.",
    ),
}  # fmt: skip
