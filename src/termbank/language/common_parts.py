"""Common first and last parts of compounds in the language of care and administration.

Our own selection. Beside a short term (vård, plan, stöd) something must be a word for sure; where no word list is
installed, these are the words that are sure.
"""

from functools import cache

from termbank.language.inflection import forms

_FIRST = """
akut anhörig ansöknings arbets arbetsmiljö arkiv avdelnings avfalls avgifts avvecklings barn barna barnhälso bas
behandlings bemannings beredskaps besluts bistånds boende bolags bostads brand budget bygg byrå cancer central data
demens detalj diabetes digital distans distrikts drifts dygns ekonomi elev energi evakuerings familje finansierings
flykting folk forsknings framtids frisk friskvårds fritids funktions fysio förbunds förebyggande företags
företagshälso förlossnings församlings förskole försörjnings förvaltnings föräldra förändrings genomförande grund
grupp handlings hem hemsjuk hjälp huvud hygien implementerings individ informations inköps insats introduktions
inventerings investerings jour jämställdhets kansli klimat klinik kommun kommunikations kompetens kontakt
kontinuitets kontroll korttids kost kris kultur kund kunskaps kurs kvalitets kvinno lednings långtids läkar lärar
läro marknads medarbetar medicin miljö missbruks mobil mottagnings mödra mödrahälso nationell natt närings
närstående olycks omsorgs omställnings omvårdnads operations ordförande organisations patient pensions personal
planerings primär process produktions projekt psykiatri rapport region regional rehab rehabiliterings resurs
revisions risk räddnings rätts samhälls samordnings samverkans sanerings sekretess sektions service sjuk sjukhus
skol skydds sluten smittskydds social specialist språk stabs stads stats strategi studie säkerhets tand team teknik
telefon tids tillsyns trafik trygghets tvångs ungdoms uppdrags uppföljnings utbildnings utrednings utvecklings
utvärderings vardags verksamhets vux vuxen växel yrkes åldrings års åtgärds äldre äldreomsorgs öppen översikts
"""

_LAST = """
administration akt aktivitet aktör analys anmälan ansvar ansökan anteckning apotek apparat arbetare arbete arkiv
avdelning avgift avtal avvikelse bedömning begrepp behandling behov belopp beredskap beslut betalning bidrag biträde
blankett bransch brist byggnad center central chef dagar data debatt definition direktör dokument dokumentation dygn
effekt ekonomi enhet ersättning familj form formulär forskning fråga funktion förening företag förhållande förlopp
förmån förslag förvaltning garanti givare grupp gräns handbok handling handläggare handläggning historia hjälp
information inriktning inrättning insats institution instruktion insyn intresse journal kansli karaktär kedja klass
klimat kommitté kommunikation kompetens konferens kontakt kontor kontroll koordinator kostnad krav kris kultur
kunskap kurs kvalitet köer lagstiftning ledare ledning linje lista lokal läge lägenhet lösning mall marknad material
medel metod miljö modell mottagare mottagning målsättning mängd möjlighet mönster möte namn nivå nämnd nätverk
område omsorg ordning organ organisation orsak pass patient pengar period person personal perspektiv plan plats
policy politik politiker problem process produkt produktion program projekt prövning rapport reform regel register
relation resultat resurs riktlinje risk roll rutin rådgivning rätt samordnare samordning samtal samverkan sektor
situation skada skola skyldighet standard statistik status stiftelse strategi struktur studie styrelse stöd system
säkerhet tagare team teknik tider tillfälle tillgång tjänst trygghet underlag undersökning uppdrag uppföljning
uppgift utbildning utbud utförare utredning utskott utveckling utvärdering utövare val verksamhet verktyg villkor
vistelse vård vägran värde yrke ålder år åtagande åtgärd ändring ärende överenskommelse överskott tid
"""

_LAST_ADJECTIVES = """
anpassad ansvarig baserad berättigad gemensam inriktad kunnig orienterad relaterad skyldig styrd
"""
_LAST_AS_THEY_ARE = ("behövande", "beroende", "givande", "krävande", "sökande", "tagande")


@cache
def first_parts() -> frozenset[str]:
    """Return the common first parts, in the form that begins a compound.

    >>> "handlings" in first_parts()
    True
    """
    return frozenset(_FIRST.split())


@cache
def last_parts() -> frozenset[str]:
    """Return every form of the common last parts.

    >>> {"nivå", "nivåerna", "styrda"} <= last_parts()
    True
    """
    words = (
        (word, kind) for listed, kind in ((_LAST, "noun"), (_LAST_ADJECTIVES, "adjective")) for word in listed.split()
    )
    found = {form.text for word, kind in words for form in forms(word, kind)}
    return frozenset(found.union(_LAST_AS_THEY_ARE))
