"""The word classes that `sam-usage` takes as evidence, each a small table of Swedish words and endings.

The tables are meant to be incomplete: a word that is not here is no evidence. Sources: the concepts samordning,
samverkan and samarbete of the vocabulary `termbank` with their characteristics (Socialstyrelsens termbank, post 516;
Terminologifrämjandet, 2021-03-07), and the professions in its `roles`.
"""

import re


def _words(*ends: str) -> re.Pattern[str]:
    """Return a pattern of whole words, simple or compound, that end in one of these ways."""
    return re.compile(rf"[\w-]*(?:{'|'.join(ends)})")


def listed(words: str) -> frozenset[str]:
    """Return words that stand in one text, separated by blanks.

    >>> sorted(listed("vi man"))
    ['man', 'vi']
    """
    return frozenset(words.split())


PLANNABLE = _words(
    r"insats(?:er(?:na)?|en)?", r"åtgärd(?:er(?:na)?|en)", r"resurs(?:er(?:na)?|en)", r"kompetens(?:er(?:na)?|en)?",
    r"besök(?:en|et)?", r"kontakter(?:na)?", r"transport(?:er(?:na)?|en)", r"\bresor(?:na)?", r"sjukresor(?:na)?",
    r"leverans(?:er(?:na)?|en)", r"inköp(?:en|et)?", r"uppföljning(?:ar(?:na)?|en)?", r"utredning(?:ar(?:na)?|en)",
    r"planering(?:ar(?:na)?|en)", r"behandling(?:ar(?:na)?|en)", r"provtagning(?:ar(?:na)?|en)",
    r"vaccination(?:er(?:na)?|en)", r"undersökning(?:ar(?:na)?|en)", r"(?:ut|in)skrivning(?:ar(?:na)?|en)",
    r"habilitering(?:en)?", r"träningen", r"dokumentation(?:en)?", r"hjälpmed(?:el|len)",
    r"genomgångar(?:na)?", r"bedömningar(?:na)?", r"hemgång(?:ar(?:na)?|en)?",
    r"(?:vård|genomförande|behandlings|rehabiliterings)plan(?:er(?:na)?|en)", r"vårdplatser(?:na)?", r"informationen",
    r"aktivitet(?:er(?:na)?|en)", r"kallelser(?:na)?", r"remisser(?:na)?", r"timmarna", r"mediciner(?:na)?",
    r"läkemedelshantering(?:en)", r"provsvar(?:en)?", r"journaler(?:na)?", r"vårdkedj(?:an|or(?:na)?)",
    r"rutiner(?:na)?", r"stödet", r"boendestödet", r"processer(?:na)?", r"flöden(?:a)?", r"arbetsuppgifter(?:na)?",
    r"tjänster(?:na)?", r"mötena", r"utrustningen", r"prover(?:na)?", r"ordinationer(?:na)?", r"vårdtillfällen(?:a)?",
    r"stödformer(?:na)?", r"omvårdnaden", r"tillsynen", r"arbetssätten", r"distributionen", r"kommunikationen",
    r"utskick(?:en)?", r"screening(?:en)?", r"måltider(?:na)?", r"stöden",
    r"arbetet", r"ansvaret", r"utbudet", r"läkemedlen", r"medicineringen", r"förskrivningen", r"kunskaper(?:na)?",
    r"erfarenheter(?:na)?", r"färdtjänsten", r"bokningen", r"metoder(?:na)?", r"hjälpen", r"skjutsar(?:na)?",
    r"utprovning(?:ar(?:na)?|en)", r"kontrollerna", r"prioriteringar(?:na)?", r"överföringen",
    r"överlämning(?:ar(?:na)?|en)",
)  # fmt: skip
"""What is put in order: the object of samordna (its characteristic acted-on: resources-and-efforts)."""

SCHEDULES = _words(
    r"scheman(?:a)?", r"(?:besöks|hembesöks|mottagnings|operations|läkar|telefon|behandlings)tider(?:na)?", r"tiderna",
    r"kalendrar(?:na)?", r"bokningar(?:na)?",
)  # fmt: skip
"""Times and schedules, which in working life (MBL) are negotiated: they count in fewer constructions."""

SHARED = _words(
    r"bemanning(?:en)?", r"schemat", r"lokaler(?:na)?", r"upphandling(?:ar(?:na)?|en)", r"rekrytering(?:ar(?:na)?|en)",
    r"utbildning(?:ar(?:na)?|en)", r"budgeten", r"frågan", r"frågorna", r"ärende(?:t|n|na)", r"jouren",
    r"schemaläggning(?:en)?",
    r"(?:arbets|öppet)tider(?:na)?", r"semestrar(?:na)?", r"turlistor(?:na)?", r"avgifter(?:na)?",
)  # fmt: skip
"""Objects for which samverka is established in working life; with them only samarbeta counts."""

CARE = re.compile(r"[\w-]*(?:vård(?:en)?|omsorg(?:en)?)|stöd|rehab")
"""Care itself: it is coordinated, but it also acts, so a possessive, an ending or a sure subject must show which."""

ACTORS = _words(
    r"kommun(?:en|er|erna)?", r"region(?:en|er|erna)?", r"landsting(?:et|en)?", r"myndighet(?:en|er|erna)?",
    r"nämnd(?:en|er|erna)?", r"förvaltning(?:en|ar|arna)?", r"förbund(?:et|en)?", r"huvudm(?:annen|än|ännen)",
    r"verksamhet(?:en|er|erna)?", r"organisation(?:en|er|erna)?", r"enhet(?:en|er|erna)?",
    r"avdelning(?:en|ar|arna)?", r"mottagning(?:en|ar|arna)?", r"central(?:en|er|erna)?", r"klinik(?:en|er|erna)?",
    r"sjukhus(?:et|en)?", r"boende(?:t|n|na)?", r"hemtjänst(?:en)?", r"socialtjänst(?:en)?", r"hemsjukvård(?:en)?",
    r"primärvård(?:en)?", r"elevhälsan?", r"psykiatrin?", r"habiliteringen", r"rehab", r"skol(?:a|an|or|orna)",
    r"team(?:et|en)?", r"grupp(?:en|er|erna)", r"personal(?:en)?", r"medarbetar(?:e|en|na)", r"ledning(?:en|ar|arna)?",
    r"styrelse(?:n|r|rna)?", r"chef(?:en|er|erna)?", r"direktör(?:en|er|erna)?", r"part(?:en|er|erna)",
    r"aktör(?:en|er|erna)", r"utförar(?:e|en|na)", r"vårdgivar(?:e|en|na)", r"sköterskan?", r"sköterskor(?:na)?",
    r"läkar(?:e|en|na)", r"terapeut(?:en|er|erna)?", r"kurator(?:n|er|erna)?", r"psykolog(?:en|er|erna)?",
    r"logoped(?:en|er|erna)?", r"dietist(?:en|er|erna)?", r"handläggar(?:e|en|na)", r"sekreterar(?:e|en|na)",
    r"koordinator(?:n|er|erna)?", r"samordnar(?:e|en|na)", r"kontakten", r"kontaktperson(?:en|er|erna)?",
    r"projektet", r"kassan", r"förmedlingen", r"länsstyrelsen",
)  # fmt: skip
"""Who acts: the subject of a clause, where it stands before its verb."""

PROFESSION = re.compile(
    r"[\w-]*(?:sköterska|läkare|terapeut|kurator|psykolog|logoped|dietist|barnmorska|vårdbiträde|audionom"
    r"|receptarie|apotekare|farmaceut|hygienist|sjukgymnast|skötare|stödassistent|boendestödjare|ambulanssjukvårdare"
    r"|behandlingsassistent|habiliteringsassistent|specialpedagog|stödpedagog|ortopedingenjör|kirurg|geriatri[kc]er"
    r"|narkosläkare|ortoped|optiker|biståndshandläggare|biståndsbedömare|socialsekreterare|biomedicinare|tandläkare|analytiker|vårdare|kollega|operatör|doktor|tekniker|assistent|farmakolog|osteopat"
    r"|kontaktman|omsorgskontakt|vårdkontakt|koordinator|specialist)"
)
"""Hands-on professions, in the form without ending."""

PROFESSION_DEFINITE = re.compile(
    r"[\w-]*(?:sköterskan|läkaren|terapeuten|kuratorn|psykologen|logopeden|dietisten|barnmorskan|biträdet"
    r"|audionomen|receptarien|apotekaren|farmaceuten|hygienisten|sjukgymnasten|skötaren|stödassistenten"
    r"|boendestödjaren|sjukvårdaren|behandlingsassistenten|habiliteringsassistenten|pedagogen|ortopedingenjören"
    r"|kirurgen|geriatri[kc]ern|ortopeden|optikern|handläggaren|bedömaren|sekreteraren|biomedicinaren"
    r"|analytikern|vårdaren|kollegan|operatören|doktorn|teknikern|assistenten|kontaktmannen|omsorgskontakten"
    r"|vårdkontakten|koordinatorn|specialisten|kontaktpersonen)"
)
PROFESSION_GENITIVE = re.compile(rf"(?:{PROFESSION_DEFINITE.pattern})s")
PROFESSIONS = re.compile(
    r"[\w-]*(?:sköterskor(?:na)?|läkar(?:e|na)|terapeuter(?:na)?|kuratorer(?:na)?|psykologer(?:na)?|logopeder(?:na)?"
    r"|dietister(?:na)?|barnmorskor(?:na)?|vårdbiträden(?:a)?|hygienister(?:na)?|sjukgymnaster(?:na)?|skötar(?:e|na)"
    r"|assistenter(?:na)?|stödjar(?:e|na)|kolleg(?:or|er)(?:na)?|vårdar(?:e|na)|kirurger(?:na)?)"
)

BODIES = re.compile(
    r"(?:[\w-]*(?:styrelse(?:n|r|rna)?|nämnd(?:en|er|erna)|direktör(?:en|er|erna)?|ledningsgrupp(?:en|er|erna)?"
    r"|styrgrupp(?:en|er|erna)?|chef(?:en|er|erna)|regionråd(?:et|en)?|kommunalråd(?:et|en)?|fullmäktige"
    r"|presidi(?:um|et|er|erna)|ordförande(?:n|na)?|direktion(?:en|er|erna)|ledning(?:en|ar|arna)?|politiker(?:na)?"
    r"|beslutsfattar(?:e|na)|ledamöter(?:na)?|huvudm(?:än|ännen)|landshövding(?:en|ar|arna)|toppledning(?:en|ar)))s?"
)
"""Bodies and people of the management or political level."""

LEVEL = re.compile(
    r"\bpå (?:en |ett )?(?:[\w-]+ )?(?:övergripande|strategisk\w*|organisatorisk\w*|högsta|högre|politisk\w*)"
    r" (?:och [\w-]+ )?(?:\w+ )?(?:\w*nivå\w*|plan\b|plane[tn]\b)"
    r"|\bpå (?:\w+ )?\w*(?:lednings|huvudmanna|direktörs|chefs|nämnd|organisations|styrelse|förvaltnings|system|koncern"
    r"|direktions)nivå(?:n|er|erna)?\b"
    r"|\b(?:övergripande|strategisk\w*)(?: och \w+| \w+)? samarbete\w*|\bsamarbet\w+ (?:övergripande|strategiskt)\b"
)
"""Words for the organisational level (the characteristic level: organisational)."""

_GOOD = (
    r"(?:god|goda|gott|bättre|jämlik\w*|jämställ\w*|hållbar\w*|trygg\w*|sammanhåll\w+|sammanhängande|nära"
    r"|personcentrerad\w*|likvärdig\w*|lika|tillgänglig\w*|säk(?:er|ra|rare)|effektiv\w*|hälsosam\w*|värdig\w*"
    r"|psykiska?|ökad|stärkt|förbättrad|friskare|rättvis\w*|hälsofrämjande|förebyggande|framtidens|högkvalitativ|hel"
    r"|samordnad|minskad|minskade)"
)
_FIELD = (
    r"(?:[\w-]*vård(?:en)?|[\w-]*omsorg(?:en)?|[\w-]*o?häls(?:a|an)|välfärd(?:en)?|åldrande(?:t)?|ålderdom(?:en)?"
    r"|uppväxt(?:en)?|[\w-]*villkor(?:en)?|livskvalitet(?:en)?|trygghet(?:en)?|delaktighet(?:en)?|tillgänglighet(?:en)?"
    r"|barndom|liv|befolkning(?:en)?|levnadsvanor(?:na)?|välbefinnande(?:t)?|socialtjänst(?:en)?|ojämlikhet(?:en|er)?"
    r"|samhälle(?:t)?|helhet(?:en)?|vårdkvalitet(?:en)?|hälsoskillnader(?:na)?)"
)
PURPOSE = re.compile(
    rf"\b{_GOOD}(?: [\w-]+){{0,4}}? {_FIELD}\b"
    r"|\b(?:stärka|främja|förbättra|minska|utjämna|höja|öka|förebygga|bryta|utveckla|motverka|trygga|säkra|värna)"
    r"(?: [\w-]+){0,4}? (?:[\w-]*häls(?:a|an)|[\w-]*ohäls(?:a|an)|[\w-]*jämlikhet(?:en)?|välfärd(?:en)?|vården|omsorgen"
    r"|ensamhet(?:en)?|livskvalitet(?:en)?|hälsoklyft\w+|hälsoskillnad\w+|klyftor\w*|delaktighet(?:en)?|suicid\w*|självmord\w*|folksjukdom\w*|livsvillkor(?:en)?|trygghet(?:en)?)\b"
    r"|\b(?:barns|ungas|äldres|befolkningens|invånarnas|länets)(?: och [\w-]+)?(?: psykiska)? (?:häls|livsvillkor)\w*"
    r"|\bvården och omsorgen\b[^.]*\butvecklas\b|\binvånar\w+\b[^.]*\b(?:trygga|tryggare)\b|\bmå (?:bra|bättre)\b"
)
"""Overarching purposes (the characteristic aim: overarching-purpose)."""

POPULATION = re.compile(
    r"\b(?:läne[tn]s?|befolkning\w*|invånar\w*|medborgar\w*|sjukvårdsregion\w*|regionen|äldre|äldres|barn och unga"
    r"|barns och ungas|landet|samhället|alla|hela|barn|ungas?|patienter|personer|människor\w*|sjukvården"
    r"|välfärden?|folkhälsan?|ojämlik\w*|omställning\w*|nära vård|fler)\b"
)
"""A whole population or area, and not a person."""

DELIMITED = re.compile(
    r"\bsamarbet\w* (?:om|kring|runt|rörande|angående|avseende|gällande|i fråga|i frågan|vid|inom ramen|med att)\b"
    r"|\b(?:gör|görs|utför|utförs|anordna\w*|arrangera\w*|genomför\w*|ordna\w*)\b"
    r"|\bi (?:\w+ )?samarbete\b|\b(?:ta|tar|tas|tog|togs|tagit|tagits) fram\b|\b(?:den|till) \d{1,2} \w+"
    r"|\b[\w-]*(?:projekt|utbildning|konferens|seminari|workshop|kampanj|rapport|webb|handbok|checklist|upphandl"
    r"|överenskomm|avtal|enkät|kartläggning|utredning|utredd|mottagning|mässa|föreläsning|dokument|lokaler|byggnad"
    r"|fastighet|it-system|journal|rutin|riktlinj|handlingsplan|programmet|tidning|film|enkät)\w*|\b(?:om)?bygga\w*",
    re.IGNORECASE,
)
"""Signs of something delimited, which is what samarbete is right for."""

_TASK = (
    r"(?:omläggning|(?<!ut)byte|(?:\b|tak|person|patient)lyft|prov|provtagning|katetersättning|insättning|intubation|intubering"
    r"|suturtagning|stygntagning|dusch|duschning|\bbad|badet|påklädning|avklädning|toalettbesök|förflyttning|överflyttning"
    r"|(?<!an)vändning|lägesändring|lunch|middag|frukost|måltid|matning|munvård|tandborstning|medicindelning|läkemedelsdelning"
    r"|dosettdelning|injektion|spruta|infusion|transfusion|infart|inhalation|sugning|mätning|\bvägning|utprovning|inpassning"
    r"|installation|montering|uppsättning|gångträning|balansträning|trappträning|hårtvätt|rakning|klippning|gipsning"
    r"|bandagering|lindning|återupplivning|defibrillering|sövning|narkos|mobilisering|uppresning|ultraljud"
    r"|(?<!enkät)undersökning"
    r"|punktion|läkemedelsgenomgång|hembesök|ankomstsamtal|operation|förlossning|tömning|spolning|tvätt|testning"
    r"|borttagning|borttagande|inläggning av \w+|transport av \w+|uttagning|iläggning|bäddning|rengöring|blodtryck"
    r"|hemgång|rond|hjärt-lungräddning|sondinläggning|kejsarsnitt|hjärtstopp|ansökan|läkarbesök|ekg|(?<!pro)test"
    r"|(?:adl-?|nutritions|smärt|sväljnings|minnes|fallrisk|munhälso)bedömning)"
)
TASK = re.compile(
    rf"[\w-]*{_TASK}(?:en|n|et|t)?|[\w-]*(?:utlåtandet|intyget|sängen|såret|blodprovet|lyftet|bytet|skiftet|samtalet)"
)
"""Delimited tasks around one person (the characteristic aim: delimited-task)."""

TASK_FORMS = re.compile(
    r"lyfter?|lyftes|lyfts|duscha(?:r|de|s|des)|bada(?:r|de|s|des)|vände[rs]?|vänds|vändes|byt(?:er|te|s|tes)|klär|klädde"
    r"|montera(?:r|de|s|des)|matade|tvätta(?:r|de|s|des)|bädda(?:r|de|s|des)|sattes|sättas|bytas|lyftas|duschas"
    r"|vändas|sydde|sys|syddes|gipsa(?:r|de|s|des)|linda(?:r|de|s|des)"
    r"|raka(?:r|de|s|des)|klippte|klipper|sonda(?:r|de|s|des)|vägde|borstade|intubera(?:r|de|s|des)"
    r"|suga?s|sög|förflytta(?:r|de|s|des)|injicera(?:r|de|s|des)|vaccinera(?:r|de|s|des)"
)
TASK_VERBS = re.compile(
    r"lyfta|duscha|bada|vända|byta|lägga|montera|sätta|skriva|förflytta|väga|mäta|klä|prova|dela|tvätta|mata|bädda"
    r"|suga|spola|fylla|installera|gipsa|linda|flytta|justera|resa|raka|klippa|borsta|suturera|sy|tömma|provta"
    r"|vaccinera|injicera|koppla|formulera|testa|undersöka|märka|packa|väcka"
)
"""What is done in such a task."""

ONGOING = re.compile(
    r"\b(?:regelbund\w+|löpande|kontinuerlig\w*|fortlöpande|långsiktig\w*|rutin\w*|avtal\w*|överenskomm\w+|riktlinj\w*"
    r"|medicinskt ansvarig\w*|\w*chef\w*|direktör\w*|individnivå|individuell nivå|kommun(?:en|er|erna)?"
    r"|region(?:en|er|erna)?|huvudm[aä]n\w*|myndighet\w*|nämnd\w*|förvaltning(?:en|ar|arna)?|organisation(?:en|er|erna)?"
    r"|verksamhet(?:er|erna))\b",
    re.IGNORECASE,
)
"""Signs of what has no limits, or of organisations as the parties; then samverkan may well be right."""

DETERMINERS = listed(
    """de den det dessa denna detta dom alla samtliga olika sina sin sitt våra vår vårt deras hans hennes dess
    era ert mina mitt min dina ditt din dennes flera många några övriga egna sådana vissa respektive"""
)
POSSESSIVES = listed("sina sin sitt våra vår vårt deras hans hennes dess era mina mitt min dina ditt")
PRONOUNS = listed("vi man ni hon han jag du hen")
ADVERBS = listed(
    """inte aldrig bra alltid nu numera också även gärna bättre mera mer väl bara redan sedan ofta sällan dagligen
    ständigt kontinuerligt regelbundet effektivt aktivt tillsammans gemensamt lokalt idag därför dessutom igen
    bäst själv själva länge sinsemellan inbördes tvärprofessionellt försökt tidigare vidare fortsatt faktiskt
    tydligt snabbt smidigt"""
)
AUXILIARIES = listed(
    """ska skall kan bör måste behöver får vill har hade kunde skulle borde fick ville är var blir blev kunnat
    måst ha kunna vara bli behöva behövde kommer börjat börja börjar lyckats lyckas försöker"""
)
PREPOSITIONS = listed(
    """i på av för till från vid kring runt inom under över efter inför genom mot hos utan enligt åt ur utifrån
    trots bland per bakom omkring sedan"""
)
SUBORDINATORS = listed("att om när då hur där eftersom medan innan så vad vilka ifall huruvida")
ADJECTIVE = re.compile(
    r"[\w-]{2,}(?:a|ande|ende)|få|små|ny|nytt|stor|stort|egen|eget|viktig|viktigt|planerad|planerat|eventuell"
)
GENITIVE = re.compile(
    r"[\w-]+(?:[eo]ns|ets|[aeo]rnas|ers)|(?:enskild|äldr|anhörig|boend|närståend|vuxn|ung|all|varandr)(?:es|as)|barns"
    r"|huvudmäns"
)
DEFINITE = re.compile(r"[\w-]{2,}(?:en|et|na|an|rn)")
TIME = re.compile(
    r"[\w-]*(?:dag|vecka|månad|år|natt|nätt|kväll|morgon|helg|höst|vår|sommar|somr|vint|timm|stund|tid|gång|termin|period"
    r"|skift|skede)(?:en|et|ar|er|or|arna|erna|orna|n|ens|a|na|s)?"
)
NEGOTIATED = re.compile(
    r"[\w-]*(?:fråg|förändring|ärend|beslut|förslag|besparing|rekrytering|tillsättning|semest|neddragning|risk|arbetstid"
    r"|anställning|uppsägning|löne|turord|budget)\w*"
)
"""What employer and unions negotiate, where samverka has an object in established usage."""
