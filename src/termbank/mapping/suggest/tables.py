"""What readers of Swedish health care know of its words: abbreviations, set phrases, words that mean the same.

General knowledge of the language, as textbooks of anatomy and of medical Swedish have it: Latin names beside Swedish
ones, usual abbreviations, set phrases of classifications. No list of pairs from any code system.
"""


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a line.

    >>> listed("ej inte icke")
    ('ej', 'inte', 'icke')
    """
    return tuple(words.split())


DOTTED = {
    "a": "arteria", "aa": "arteria", "v": "vena", "vv": "vena", "n": "nervus", "nn": "nervus", "m": "musculus",
    "lig": "ligamentum", "gl": "glandula", "art": "articulatio", "proc": "processus",
    "inkl": "inklusive", "exkl": "exklusive", "resp": "respektive", "ospec": "ospecificerad", "spec": "specificerad",
    "bilat": "bilateral", "hö": "höger", "vä": "vänster", "beh": "behandling", "us": "undersökning", "op": "operation",
    "pat": "patient", "sjd": "sjukdom", "inf": "infektion", "kron": "kronisk", "sek": "sekundär", "prim": "primär",
    "misst": "misstänkt", "komb": "kombinerad", "rekonstr": "rekonstruktion", "kompl": "komplikation",
}  # fmt: skip
"""Abbreviations that end in a full stop, and what they stand for."""

SHORT = {
    "uns": "ospecificerad", "pga": "orsakad av", "mr": "magnetresonans", "mrt": "magnetresonanstomografi",
    "dt": "datortomografi", "rtg": "röntgen", "ul": "ultraljud", "ekg": "elektrokardiografi",
    "eeg": "elektroencefalografi", "emg": "elektromyografi", "uvi": "urinvägsinfektion", "dvt": "djup ventrombos",
    "kol": "kroniskt obstruktiv lungsjukdom", "cns": "centrala nervsystemet", "cvk": "central venkateter",
    "sip": "samordnad individuell plan", "iva": "intensivvård", "dx": "höger", "sin": "vänster", "hö": "höger",
    "vä": "vänster", "pci": "perkutan koronarintervention", "gi": "gastrointestinal",
}  # fmt: skip
"""Abbreviations that have no full stop."""

PHRASES = (
    (r"(?:(?:som|vilka|vilken|vilket)\s+)?(?:ej|inte|icke)\s+klass\w{6,12}\s+(?:på\s+an\w{2,4}\s+plats|annorstädes)",
     " annorstädes "),
    (r"(?:utan\s+närmare\s+specifikation|(?:ej|icke|inte)[\s-]+(?:närmare\s+)?(?:specificera(?:d|de|t)|angiv(?:en|et|na))"
     r"|utan\s+specificerad)", " ospecificerad "),
    (r"(?:på\s+grund\s+av|till\s+följd\s+av|p\.\s?g\.\s?a\.?|förorsaka(?:d|de|t)\s+av)", " orsakad av "),
    (r"t\.\s?ex\.?|m\.\s?m\.?|m\.\s?fl\.?|bl\.\s?a\.?|d\.\s?v\.\s?s\.?|o\.\s?d\.?|\betc\b\.?|och/eller", " "),
    (r"\(i\)", " "),
)  # fmt: skip
"""Set phrases, and the word that stands for each. The first also where letters of it are wrong."""

LIMITS = frozenset({"undantag", "exklusive", "inklusive", "utom"})
"""Words after which a title only says what belongs to it or not."""

FUNCTION_WORDS = frozenset(listed(
    "och eller samt i av på med för till från vid som under efter genom via hos mot om den det de en ett "
    "att inom mellan över dess deras sin sitt sina vilka vilken vilket än både såväl kan har är där "
    "därmed orsakad orsakade orsakat respektive inklusive exklusive enligt annorstädes även också s"
))  # fmt: skip
"""Words that hold others together; that one is missing says little."""

UNMARKED = frozenset(listed(
    "ospecificerad ospecificerat ospecificerade öppen öppet öppna konventionell konventionellt "
    "konventionella höger högra vänster vänstra bilateral bilateralt uppgift sjukdom sjukdomar tillstånd "
    "specificerad specificerade specificerat"
))  # fmt: skip
"""Words that name the usual case, which people leave out: a nephrectomy is an open one unless it is said. Sides
are hardly ever part of a code."""

RESIDUALS = {
    "unspecified": "ospecificerad ospecificerat ospecificerade",
    "specified": "specificerad specificerat specificerade",
    "other": "annan annat andra övrig övrigt övriga",
    "elsewhere": "annorstädes",
    "negation": "ej inte icke utan utom ingen inget inga",
}
"""Words by which classifications name what is left over, and negations."""

SYNONYMS = (
    # Organs and places: Swedish, Latin and Greek, with the adjectives.
    "hjärta kardiell cor", "lunga pulmonell pulmonalis pulmo", "lever hepatisk hepar", "njure renal ren",
    "mage ventrikel magsäck gastrisk", "tarm intestinal intestinum", "tjocktarm kolon colon",
    "ändtarm rektum rectum rektal", "tolvfingertarm duodenum", "matstrupe esofagus oesophagus",
    "bukspottkörtel pankreas pancreas", "mjälte lien splen", "urinblåsa blåsa", "urinledare uretär ureter",
    "urinrör uretra urethra", "njurbäcken pelvis", "livmoder uterus", "livmoderhals cervix",
    "äggstock ovarium ovariell ovarial", "äggledare salpinx tuba", "slida vagina vaginal", "blygd vulva",
    "pung skrotum scrotum", "testikel testis testikulär", "bitestikel epididymis", "förhud preputium",
    "blåshalskörtel prostata", "bröstkörtel mamma bröst", "sköldkörtel tyreoidea tyroidea",
    "bisköldkörtel paratyreoidea", "binjure adrenal", "hjärna cerebral cerebrum", "ryggmärg medulla spinal",
    "hjärnhinna meninx meningeal", "skalle kranium kranial", "öga okulär oculus", "ögonlock palpebra",
    "hornhinna kornea cornea", "näthinna retina", "bindhinna konjunktiva", "öra auris", "trumhinna myrinx",
    "näsa nasal", "bihåla sinus", "svalg farynx pharynx", "struphuvud larynx", "luftstrupe trakea trachea",
    "luftrör bronk bronkial", "lungsäck pleura pleural", "hjärtsäck perikard perikardium",
    "bukhinna peritoneum peritoneal", "mellangärde diafragma", "buk abdomen abdominal",
    "brösthåla intratorakal torakal thorax bröstkorg", "bäcken pelvis", "ländrygg lumbal",
    "kotpelare rygg columna ryggrad", "mun oral", "tunga lingua glossa", "tand dental", "tandkött gingiva",
    "käke maxilla", "underkäke mandibel mandibula", "läpp labium", "hud kutan cutis derma", "kärl vaskulär",
    "artär arteria pulsåder", "ven vena blodåder", "nerv nervus", "muskel musculus muskulär", "sena tendo",
    "ligament ligamentum", "brosk kartilago", "ben skelett os", "led artikulation articulatio",
    "lymfkörtel lymfknuta lymfonodus", "lårben femur", "skenben tibia", "vadben fibula", "överarm humerus",
    "strålben radius", "armbågsben ulna", "knäskål patella", "nyckelben klavikel clavicula", "skulderblad skapula",
    "revben kosta", "bröstben sternum", "båtben skafoideum scaphoideum", "hälben kalkaneus calcaneus", "höft coxa",
    "navel umbilicus umbilikal", "moderkaka placenta", "foster fetal", "nyfödd neonatal perinatal",
    "förlossning partus", "barnsäng puerperium puerperal", "graviditet havandeskap",
    # What is wrong.
    "cancer karcinom carcinoma kräfta", "tumör neoplasm nybildning", "rubbning störning dysfunktion",
    "sjukdom åkomma", "fraktur benbrott", "luxation urledvridning", "distorsion stukning", "bråck hernia",
    "propp trombos", "blödning hemorragi", "sten konkrement kalkyl", "förträngning stenos striktur",
    "sår ulcus ulkus", "missbildning malformation anomali", "smärta värk algi", "feber pyrexi", "kramp spasm",
    "förlamning pares paralys", "svullnad ödem", "klåda pruritus", "yrsel vertigo", "trötthet fatigue",
    "förgiftning intoxikation", "skada trauma", "fetma obesitas", "hypertoni hypertension", "blodbrist anemi",
    "gulsot ikterus", "svamp mykos", "effekt följd resttillstånd sekvele sviter", "annan övrig",
    # What is done.
    "läkemedel farmaka farmakon medicin", "strålbehandling radioterapi", "behandling terapi",
    "kirurgi operation ingrepp", "avlägsnande borttagande borttagning uttagande extraktion exstirpation exeres",
    "excision resektion", "inläggning inläggande insättning insättande", "biopsi vävnadsprov px",
    "röntgen radiografi", "skiktröntgen datortomografi", "ultraljud ekografi sonografi", "mätning mätande",
    "registrering monitorering övervakning", "råd rådgivning vägledning", "bedömning utvärdering värdering",
    "utredning undersökning", "träning övning", "möte konferens", "stöd hjälp assistans", "skötsel omvårdnad vård",
    "dränage drän dränering", "slutning tillslutning", "vidgning dilatation dilation", "anhörig närstående",
    "blodsocker glukos", "boende bostad hem", "barn pediatrisk", "arbete sysselsättning", "tobak rökning",
    "förskrivning ordination", "byte utbyte", "spolning sköljning", "kontroll uppföljning",
)  # fmt: skip
"""Words that mean the same, or nearly."""

KINDS = {"endoskopisk": "torakoskopisk laparoskopisk artroskopisk cystoskopisk bronkoskopisk gastroskopisk"}
"""Words, and those that name kinds of it."""

OPPOSITES = (
    "höger vänster", "akut kronisk", "benign malign", "inre yttre", "övre nedre", "främre bakre", "primär sekundär",
    "öppen sluten perkutan endoskopisk", "medfödd förvärvad", "total partiell", "man kvinna", "medial lateral",
    "proximal distal", "superior inferior", "anterior posterior", "interna externa", "enlumen flerlumen",
    "arteria vena", "punktion inläggning", "lindrig medelsvår svår", "hypotoni hypertoni", "oral rektal",
    "uretär uretra", "enkel komplicerad", "permanent temporär", "kort lång", "första tredje fjärde femte",
    "två tre fyra fem sex sju åtta nio tio",
)  # fmt: skip
"""Words of which only one can hold."""

IRREGULAR = {
    "händer": "hand", "händerna": "hand", "fötter": "fot", "fötterna": "fot", "tänder": "tand", "tänderna": "tand",
    "ögon": "öga", "ögonen": "öga", "ögat": "öga", "öron": "öra", "öronen": "öra", "örat": "öra", "män": "man",
    "tår": "tå", "tårna": "tå", "knän": "knä", "knät": "knä", "knäet": "knä", "bröder": "bror", "söner": "son",
    "andra": "annan", "annat": "annan", "övriga": "övrig", "små": "liten", "lilla": "liten", "litet": "liten",
    "bägge": "båda", "vänstra": "vänster", "högra": "höger", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7",
    "arterier": "artär", "mödrar": "moder", "modern": "moder", "fäder": "fader", "organen": "organ",
}  # fmt: skip
"""Forms that no ending explains, and their words; Roman numbers."""
