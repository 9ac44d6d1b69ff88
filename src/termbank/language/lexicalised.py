"""Words that look like compounds of a term but are themselves: terms of their own, other senses, other origins."""

GROUPS: tuple[tuple[str, str], ...] = (
    ("an identity number from the tax authority, lag (2022:1697) om samordningsnummer", "samordningsnummer"),
    ("talks between parents led by the social services, föräldrabalken 6 kap. 18 §", "samarbetssamtal"),
    ("a body of its own, lag (2003:1210) om finansiell samordning", "samordningsförbund"),
    ("another licensed profession than läkare, patientsäkerhetslagen (2010:659) 4 kap.", "tandläkare"),
    ("a state office, not somebody's ombud", "ombudsman justitieombudsman diskrimineringsombudsman barnombudsman"),
    ("citizenship is a word of its own, not what a medborgare does", "medborgarskap"),
    (
        "plan is a surface, a level or an aeroplane",
        "flygplan segelflygplan trafikflygplan fotbollsplan idrottsplan bollplan spelplan lekplan tennisplan "
        "konstgräsplan bottenplan markplan våningsplan entréplan källarplan gatuplan marknadsplan förplan bakplan "
        "mellanplan horisontalplan vertikalplan frontalplan sagittalplan symmetriplan snittplan planet parkplan "
        "golvplan sidoplan bildplan plankorsning planhalva planglas",
    ),
    (
        "mål is a case in court, a meal, a language or a goal in a game",
        "brottmål tvistemål skiljemål rättsmål käromål talesmål straffmål spörsmål föremål ändamål mellanmål "
        "modersmål tungomål målsägande målsman måltid målvakt måltavla målgång målområde",
    ),
    (
        "care of things, of nature or of souls, or the execution of sentences; not of a person's health",
        "naturvård miljövård kulturminnesvård fornminnesvård minnesvård kulturvård kulturmiljövård skogsvård "
        "viltvård fiskevård fiskvård jaktvård landskapsvård markvård vattenvård luftvård byggnadsvård "
        "fastighetsvård hembygdsvård språkvård textvård arkivvård gravvård bokvård lokalvård varuvård kundvård "
        "fordonsvård materielvård hudvård hårvård skönhetsvård själavård kriminalvård frivård parkvård "
        "trädgårdsvård djurvård veterinärvård friskvård djurhälsa",
    ),
    (
        "stöd is a thing to lean on",
        "ryggstöd armstöd fotstöd nackstöd knästöd handledsstöd bokstöd sätesstöd hålfotsstöd stödhjul stödmur stödben",
    ),
    ("money to students, employers and enterprises", "anställningsstöd lönestöd investeringsstöd"),
    ("a benefit to a person, not what is paid for care", "sjukersättning aktivitetsersättning assistansersättning"),
    ("data are processed, nobody is treated", "databehandling personuppgiftsbehandling informationsbehandling"),
    ("a proposal that is sent for comments, or an answer to one", "lagrådsremiss remissyttrande remissinstans"),
    ("land is registered, nobody is admitted", "inskrivningsmyndighet"),
    ("a reference to a source, or how to appeal", "källhänvisning överklagandehänvisning fullföljdshänvisning"),
    ("vård is a monument or a fire on a hill", "vårdkase vårdträd vårdtecken"),
    (
        "ledning is a pipe or a wire",
        "vattenledning rörledning kraftledning elledning avloppsledning gasledning naturgasledning oljeledning "
        "fjärrvärmeledning värmeledning starkströmsledning svagströmsledning högspänningsledning luftledning "
        "kabelledning stamledning tryckledning telefonledning teleledning spillvattenledning dagvattenledning "
        "dräneringsledning jordledning tömningsledning ångledning servisledning",
    ),
    (
        "another word with -ledning",
        "vägledning handledning avledning inledning utledning härledning anledning vilseledning missledning",
    ),
    (
        "handling is a deed, or the word is another",
        "förhandling upphandling avhandling misshandling underhandling gärningshandling krigshandling våldshandling "
        "sexualhandling brottshandling tvångshandling viljehandling",
    ),
    ("kontakt and its like are no akt", "kontakt kontrakt intakt katarakt entrakt"),
    ("plants are no plans", "planta"),
    ("brukare is a farmer, or one who misuses", "lantbrukare jordbrukare skogsbrukare missbrukare"),
    ("other words that begin with term", "termostat terminal termin"),
    ("to take back is not to call again", "återkallelse"),
    ("coordination is no ordination", "koordination subordination"),
    (
        "insats is money put in",
        "kapitalinsats kontantinsats medlemsinsats kommanditinsats förlagsinsats insatsemission insatskapital",
    ),
    ("an act of law or of a play, or a picture", "rättsakt genomförandeakt slutakt aktmodell aktstudie"),
    (
        "a state of some kind, not the Swedish state",
        "rättsstat delstat välfärdsstat medlemsstat nationalstat stadsstat",
    ),
)
"""Why, and which words; their other forms are understood."""


def lexicalised() -> tuple[str, ...]:
    """Return the words that are themselves and not their parts.

    >>> "samordningsnummer" in lexicalised()
    True
    """
    return tuple(word for _, listed in GROUPS for word in listed.split())
