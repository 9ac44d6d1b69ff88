"""Words for the tests of compounds: each with what shall be found in it. Our own choice of real Swedish words."""

TERMS = {
    "samverkan": "noun", "samordning": "noun", "samarbete": "noun", "samråd": "noun", "vårdplan": "noun",
    "vårdplanering": "noun", "huvudman": "noun", "kommun": "noun", "region": "noun", "landsting": "noun",
    "patient": "noun", "brukare": "noun", "medborgare": "noun", "invånare": "noun", "omsorg": "noun",
    "hemtjänst": "noun", "socialtjänst": "noun", "läkemedel": "noun", "läkare": "noun", "sjuksköterska": "noun",
    "verksamhet": "noun", "myndighet": "noun", "ledning": "noun", "handling": "noun", "behandling": "noun",
    "planering": "noun", "utredning": "noun", "bedömning": "noun", "insats": "noun", "åtgärd": "noun",
    "uppdrag": "noun", "personal": "noun", "ordination": "noun", "förskrivning": "noun", "journal": "noun",
    "dokumentation": "noun", "sekretess": "noun", "samtycke": "noun", "remiss": "noun", "kallelse": "noun",
    "avvikelse": "noun", "kvalitet": "noun", "organisation": "noun", "profession": "noun", "klinik": "noun",
    "individ": "noun", "resurs": "noun", "ersättning": "noun", "kompetens": "noun", "funktionsnedsättning": "noun",
    "rehabilitering": "noun", "habilitering": "noun", "överenskommelse": "noun", "nätverk": "noun", "förmåga": "noun",
    "bistånd": "noun", "boende": "noun", "bostad": "noun", "ansökan": "noun", "närstående": "noun",
    "genomförande": "noun", "uppföljning": "noun", "begrepp": "noun", "planera": "verb", "rapportera": "verb",
    "samordna": "verb", "vård": "noun", "plan": "noun", "stöd": "noun", "behov": "noun", "enhet": "noun",
    "hälsa": "noun", "mål": "noun", "akt": "noun", "chef": "noun", "län": "noun", "intyg": "noun", "besök": "noun",
}  # fmt: skip
"""Terms of the tests, with their part of speech."""

LONG = """
vård<samverkan> region<samverkan> läns<samverkan> avtals<samverkan> [samverkans]avtalet [samverkans]möten
[samverkans]rutin [samverkans]grupper [samverkans]<organisation> [samverkans]<uppdraget> [samordnings]möte
[samordnings]ansvaret [samordnings]funktion [samordnings]<uppdrag> fall<samordning> [samarbets]avtal
[samarbets]partner [samarbets]klimatet [samråds]möte [samråds]skyldighet förhands<samråd> [vårdplans]möte
[vårdplanerings]möte [vårdplanerings]team [huvudmanna]gruppen [huvudmanna]ansvar skol<huvudmän> sjukvårds<huvudman>
[kommun]styrelsen [kommun]fullmäktige hem<kommun> grann<kommunerna> [region]styrelsen [region]fullmäktige [region]råd
[landstings]styrelse [landstings]förbundet [patient]säkerhet [patient]säkerhetslagen [patient]nämnden [patient]lagen
[patient]grupper hjärt<patienter> cancer<patienterna> [brukar]medverkan [brukar]råd [medborgar]dialog
[medborgar]förslag [invånar]tjänster [omsorgs]arbetet barn<omsorg> [hemtjänst]grupp [hemtjänst]taxa
[socialtjänst]lagen [socialtjänst]kontoret [läkemedels]lista [läkemedels]verket [läkemedels]förråd [läkar]mottagning
distrikts<läkare> hus<läkaren> barn<läkare> [sjuksköterske]utbildning [sjuksköterske]mottagning
distrikts<sjuksköterska> [verksamhets]område [verksamhets]utveckling skol<verksamheten> vård<verksamhet>
[myndighets]utövning [myndighets]beslut tillsyns<myndighet> polis<myndigheten> [lednings]grupp [lednings]system
skol<ledningen> projekt<ledning> [handlings]utrymme ansöknings<handlingar> arkiv<handling> [behandlings]metod
[behandlings]tid sår<behandling> [läkemedels]<behandling> smärt<behandling> [planerings]verktyg projekt<planering>
[utrednings]tid [utrednings]ansvar polis<utredning> barn<utredningar> [bedömnings]instrument risk<bedömning>
behovs<bedömningen> [insats]kategori vård<insatser> stöd<insatserna> räddnings<insats> [åtgärds]program
tvångs<åtgärder> skydds<åtgärd> [uppdrags]beskrivning [uppdrags]givare politiker<uppdrag> [personal]brist
[personal]grupp [personal]politik vård<personalen> [omsorgs]<personal> [ordinations]orsak [ordinations]lista
[förskrivnings]rätt [journal]system [journal]anteckning [patient]<journalen> [dokumentations]skyldighet
[sekretess]regler [sekretess]brytande [sekretess]lagen [samtyckes]blankett [remiss]flöde [remiss]hantering
[kallelse]system [avvikelse]hantering [avvikelse]rapport [kvalitets]arbete [kvalitets]register miljö<kvalitet>
livs<kvalitet> [organisations]schema [organisations]nummer intresse<organisationer> [professions]tillhörighet
hud<kliniken> [individ]nivå [individ]perspektiv [resurs]fördelning [resurs]brist [personal]<resurser>
[ersättnings]nivå rese<ersättning> [kompetens]brist [kompetens]utveckling [rehabiliterings]kedjan
hjärt<rehabilitering> [habiliterings]center barn<habiliteringen> [överenskommelse]text [nätverks]träff arbets<förmåga>
[bistånds]beslut [bistånds]handläggare äldre<boenden> [bostads]bidrag [bostads]marknaden trygghets<bostäder>
tjänste<bostad> [ansöknings]förfarande [ansöknings]blanketten asyl<ansökan> [närstående]penning [genomförande]fas
[uppföljnings]samtal resultat<uppföljning> del<begrepp> tids<planerade> åter<rapportera> läns[samverkans]grupp
e-<samordning> [resurs]<samordning> [vårdplanerings]process [patient]-lagen
"""
"""Compounds with terms of six letters or more: [modifier], <head>; the parts that must be found."""

SHORT = """
[vård]nivå [vård]platser [vård]köer [vård]miljön [vård]arbete hem<vård> tand<vård> missbruks<vård> barn<vården>
[vård]utbildning [vård]bidrag [vård]kostnader handlings<plan> budget<planen> tids<plan> detalj<plan> [plan]arbete
[plan]förslag [stöd]grupp [stöd]material ekonomi<stöd> studie<stöd> [behovs]styrd [behovs]analys omvårdnads<behov>
[enhets]nivå arbets<enheter> [hälso]samtal [hälso]risker folk<hälsa> [läns]styrelsen [läns]nivå [intygs]mall
studie<besök> [besöks]tid skol<chef> stabs<chefen>
"""
"""Compounds with terms of five letters or fewer, found where a word list knows the rest."""

TRAPS = """
planta plantera planterade plantering plantage planet planeten planlös planka plansch plankton planera målare målning
målad målgång måltid föremål modersmål flygplan fotbollsplan spelplan våningsplan vårdag vårdagar vårdagjämning
vårdslös vårdslöshet vårdad vårdsam brukar brukade brukbar brukarna samordningsnummer samordningsnumret
samarbetssamtal samarbetssamtalet tandläkare tandläkaren medborgarskap medborgarskapet ombudsman förhandling
förhandlingar löneförhandling avhandling avhandlingen misshandling upphandling upphandlingen förhandlingsläge
avhandlingsarbete vägledning vägledningen handledning inledning avledning anledning härledning vattenledning
kraftledningen rörledning kontakt kontakter kontakterna kontrakt intakt exakt trakt frakt prakt vakt slakt enhetlig
enhetligt enhetlighet lägenhet lägenheten erfarenhet erfarenheter medvetenhet angelägenhet belägenhet egenhet
tillgivenhet öppenhet benägenhet underlåtenhet förlägenhet kommunal kommunala kommunalt kommunikation kommunicera
kommunist kommunism kommunalisera regional regionala regionalisera regionalism patienter patienters patienten
individuell individuellt individualism individualitet personalen personligen professionell professionella
organisationer organisatorisk klinisk kliniskt kliniker journalist journalistik journalistisk remissen remitterad
resursen läkarinna läkarens stödja stöder stödde stöddig stöttar stödjande behovet behöver behövs hälsade hälsar
hälsning hälsosam hälsosamt hälsningar aktiv aktivitet aktör aktie aktier aktsam aktning aktuell akter aktivera länga
längd länsa intygande intygar intygade besökare besökaren besökte besöker chefer plankorsning koordination
koordinationen subordination närvaro närståendes insatt sats insatser bosatt bostadslös naturvård naturvården
kriminalvården språkvård miljövård skogsvård lokalvård kulturminnesvård plantor plantorna lantbrukare lantbrukaren
missbrukare återkallelse intakta
"""
"""Words that are no compounds of the terms, or are themselves."""
