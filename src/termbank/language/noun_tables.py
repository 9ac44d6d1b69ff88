"""How simple Swedish nouns are inflected: common last parts of words, and endings that decide.

Our own selection of words and endings, by the declensions in Svenska Akademiens grammatik (1999), volume 2, Substantiv,
and SAOL 14. A compound follows its last part, so some hundred simple words decide most terms.
"""

WORDS = {
    "0/er": "pris",
    "or": "ros",
    "or/ar": "våg",
    "ar": """
        arm ask axel backe bal balk bil biskop bit björn blick bock boll borg borste botten bro brud budget
        bulle bult bur buske buss by bygel bäck båge båt bödel cirkel cykel dadel dag dal del disk dom domstol
        drake drink droppe drottning dräng dröm duk dörr eld famn feber filt fisk fjord fjäril flock flykting
        flyktväg fläck fläns fors fru frukost främling frände fröken furste fyr fästing fågel gaffel galge gast
        geting gom gosse granne grav gren grind gris gubbe gud gumse gård hage hall hals hamn handboll hane hare
        hatt herre himmel hjord hjälm hjälte ho hud hund häck häl häst hävarm hög höst hösäck jord jungfru jätte
        kalv kam karm kille kittel kjol klapp klase klubb knapp kniv knopp knut knytnäve kock kolv kompis kopp
        korv kotte krage kram kran krans krets krog krok kropp kudde kung kvarn kvast kvist kväll kärlek kål
        lapp lask lax lek lem lever lund lur lust länk mage make mandel mantel mask mening mopp morgon mullvad
        munk mur måg måne njure nudel nyckel nymåne näring näve nål orm ost oxe parameter pendel pil pinne
        plattform plog pojke port prins propp puls påse rem ring robot rulle rygg rök sadel sal sedel seger sil
        sjukdom själ sjö skalk skalle skalp skarv skog skruv skur skylt skärm skål sköld skörd slant slav släde
        släkting smörgås socken sol sommar spade spegel spindel stam stapel statsminister stav stege sten stig
        stil stock stol stolpe storlek storm stropp strut stråle ström stämpel stövel suck svamp svans syster
        säck säng tall tallrik tanke tass teater termometer tiger timme titel tjur tolk tomte topp torsk tråd
        tumme tunnel tupp tår ugn ulv undersåte ungdom unge utgång vagn vall valp vante varg vask vass vind
        vinge vinkel vinter väg vägg värld växel yngling älskling älv ände ängel å åker ålder åring ås ö öken
    """,
    "er": """
        adjunkt adress advokat affär agent akademi akt alg allergi allians allé ambulans amiral analys anestesi
        ankomst annons ansats apparat armé art artist artros aspekt assistent astronom asyl atmosfär attack
        attityd automat avgift avsats avsikt balans balkong ballong banan bandit bank barriär bas bassäng batalj
        bild biljard biljett bomb bostadsrätt bransch bredd bukett butik bygd byggnad byrå bård böld bön cell
        central chans dam databas debatt demokrati detalj diagnos dialekt dialog diarré diet dikt diktatur
        diplomat disciplin diskett distans docent doktorand domän dos drift dryck dräkt dust effekt egenskap
        ekonom ekonomi elefant elev energi enhet entré epidemi epilepsi episod eskort essens etapp etikett
        expert export fabrik fabrikant familj fantasi farkost fart fas favorit fest festival fibros figur filial
        film filosof filosofi final flod fobi fond form formel fotograf frakt fraktur frekvens frist frisyr
        frukt färd färg fångst förlust förmån förtjänst galax garanti gardin gas general german gitarr grad graf
        grupp gräns gunst gäst helg hybrid hypotes hysteri hälft härkomst höjd ideologi idiot idé imam import
        impuls individ industri information inkomst insats insekt insikt instans instruktion intervju invalid
        jakt jour journal jurist kamp kampanj kamrat kanal kandidat kanin kanon kant kanton kapten karneval
        karriär katalog kategori klass klient klinik kod kohort kolik komedi komet kommitté kommun kompass
        kompetens kondom konferens konflikt konkurs konsekvens konserv konsol konsonant konst konstnär konsult
        konsument kontakt kontinent kontroll kontur korridor kostnad kostym kraft kris kristall kräm kultur kund
        kunskap kurs kusin kust kvalité larv lavin legend leverans liberal licens lift lins lipid list logoped
        lokal lunch lägenhet längd lögn lön magnet makt mark marknad marsch maskin mast match matris matros
        medalj medicin metall metod miljard miljon miljö million minut missil mobil modell moské motion muskel
        muslim mustasch myndighet myt mängd månad möbel narkoman narkos nation nerv neuros nivå norm novell
        nukleotid nyans oas omelett omsorg organisation orsak ort ortoped panel paragraf parfym park part
        pastill patient patron patrull paus pedagog pedal pension peptid periferi period person pilot pincett
        pingvin pistol pjäs plan planet plats plikt portal portion post potens praktikant pralin preferens
        premiär president princip procedur process producent produkt profession profet profil prognos protes
        protest psykolog psykos punkt rabatt raket ramp ranson rapport ras ravin rebell referens reform regel
        region relevans reserv respons rest restaurang resurs retur risk ritual rival roll roman rubrik ruin
        rutin rätt röst sajt sak salong sandal sats scen sekt sekund servett signatur siren skandal skatt
        skillnad skleros skrift skuld skulptur slakt släkt smak soldat sorg sort spion sport stafett standard
        station strategi strid struktur student stund stöld substans svulst symbol syntes sång tabell takt
        talang tariff teknik teknologi telefon temperatur tenor teolog teori terapeut terapi term termin
        terminal tes text tid tillkomst tjänst toalett tolerans tomat ton trakt transport trend trombos trumpet
        trupp tumör tur turné tvist typ uniform uppgift ursäkt utsikt vakt vas ven versal vetenskap vidd vikt
        vinst växt zon åsikt återkomst ört översikt
    """,
    "r": """
        aktie bakelse bakterie berättelse betydelse fiende guide hustru händelse juice klo ko komedie linje mö
        premie radio ro rörelse sambo same serie sko studie studio styrelse särbo tragedie tå upplevelse video
        vrå
    """,
    "n": """
        ankare anlete anseende ansikte arbete avseende beroende beteende bi biträde bo boende bränsle bygge byte
        bälte chassi derby dilemma drama ego eko elände fiasko foto frö fälle fäste företräde förhållande
        förtroende gille gummi hjärta häfte häkte hölje ide inferno inflytande intresse intro inträde kläde
        konto kvitto läge läte löfte meddelande mellanläge minne mode motto märke måste möte näste nöje omdöme
        område party piano porto pucko rede regemente reglemente rike rykte saldo samarbete samhälle sammanträde
        samvete schema sikte sinne skede skifte skytte släkte snöre solo spö strå stycke ställe syfte säbo säte
        tema tempo testamente tillfälle tillträde tivoli traktamente trauma tycke täcke underläge uppträde
        utbyte utrymme utseende vete vittne värde yrke ämbete ämne äpple ärende öde öre
    """,
    "0": """
        abonnemang adjektiv aggregat alarm alster alternativ anbud anfall angrepp anslag anspråk ansvar antal
        apotek ark arkiv arrangemang arv attribut avdrag avfall avslag avslut avsnitt avstånd avtal avtryck bad
        band barn begrepp begär behov bekymmer belopp ben berg besked beslut bestick bestånd besvär besök bett
        betyg bevis bibliotek bidrag bistånd blad block bolag bord brev brott bruk bryn bråk bröd bröllop bröst
        bud budskap bäcken certifikat citat derivat diagram diplom direktiv diskotek distrikt djup djur dokument
        drag drev dricksglas dråp dunder dygn dyk däck dåd emblem engagemang epigram epitet evenemang event
        exempel exemplar fack faderskap fall fantom fartyg fat fel fenomen filter flyg flygplan fokus folk
        fordon format fort foster fotspår framsteg fynd fält fängsel fång får fönster förbud förbund föremål
        företag författarskap förhör förlag förråd förslag försvar försök förval föräldraskap garn genomsnitt
        glas gods golv gram grannskap grepp gräs gäng hagel hav hem hinder hjul hopp horn hot hotell humör hus
        hushåll hål håll hår hörn ideal inbrott index initiativ inköp inlägg innehav innehåll inslag institut
        instrument intryck inval jobb jordbruk järn kaos kapital kapitel kardiogram kartotek kast klagomål
        klimat klipp kliv kloster klots kollektiv komplex koncept kondensat kontor kontrakt konvent korn kort
        krav krig kval kvalster kvarter kväve kärl kärr kök kön köp kött lager lakan lamm landskap landsting
        larm ledarskap lejon lim lin liv ljud ljus lock lopp lov lyft läder läger läkemedel län lån lår lås löv
        magasin malt mandat manifest material medborgarskap medel medlemskap mellanrum mikroskop minus missbruk
        missförstånd misstag mjöl mod moderskap moln monster motiv motstånd mynt mål mått mönster mörker namn
        nummer nyckelhål nät nätverk objekt ombud omfång ord organ paket papper par paradis parlament
        partnerskap pass patent piller plagg plakat plus porträtt preparat problem program projekt protokoll
        prov pussel påhäng ramverk recept redskap referat register rekord residens resultat riksting rim ris rop
        rum rus råd rör sakrament samband samfund sammanhang samtal segel sekretariat sjukhus skadestånd skal
        skelett sken skepp skick skinn skott skratt skrik skydd skäl skämt skär skärp skåp slag slott slut smör
        snitt socker sortiment spad spel språk spår stetoskop stick stift stopp straff streck sträck stygn
        stängsel stånd stöd substantiv svar svärd symptom symtom syndikat syndrom syre system sällskap sätt sår
        tak tal team tecken telegram teleskop tempel test tillbud tillstånd tillval tillägg tips torg torn toxin
        troll tryck träd tumult tvivel tvång tyg tält tåg undantag underhåll underlag universitet uppdrag
        uppehåll upphov uppror ursprung urval utbrott utbud utskott utslag utsläpp uttryck vaccin val vapen varv
        vatten verb verk verktyg villkor virus väder väsen väte ägg äktenskap ändamål äventyr år åtal ögonblick
        övergrepp överskott
    """,
    "ern": """
        bageri batteri café evangelium fett fängelse geni gift gymnasium hormon imperium jubileum kafé kansli
        kompani kompendium konditori kriterium laboratorium lotteri mejeri ministerium museum parti privilegium
        protein sanatorium stipendium territorium tryckeri tyranni vin vitamin
    """,
    "ur": """
        akademiker alkoholiker fysiker grafiker kemiker kilometer kritiker manager mediciner meter musiker
        partner politiker tekniker
    """,
    "0u": "närstående ordförande sammankallande studerande sökande",
    "u": """
        aktning arbetslöshet barndom biologi blygsel cancer damm demens diabetes diakoni död etik farmakologi
        fattigdom frid frånvaro fysiologi förståelse geriatri glädje handel hjälp hunger hygien hälsa hänsyn
        idrott integritet journalistik juridik jämställdhet kardiologi kollektivtrafik konsumtion kriminalitet
        kyla kännedom logik luft malaria mjölk neurologi närhet närvaro ohälsa omtanke onkologi oro patologi
        pediatri personal politik praxis psykiatri psykologi respekt rättvisa service sikt skam snö statistik
        sysselsättning säd sömn tillit tillsyn trafik tro trygghet tuberkulos tystnad törst uppsikt välfärd vård
        överlevnad
    """,
}
"""Simple nouns by declension, several where both are used, the usual one first (see `termbank.language.nouns`)."""

ENDINGS = {
    "ing": "ar",
    "het": "er",
    "tion": "er",
    "sion": "er",
    "ion": "er",
    "itet": "er",
    "else": "r",
    "are": "ur",
    "ör": "er",
    "ist": "er",
    "ant": "er",
    "ent": "er",
    "log": "er",
    "graf": "er",
    "nom": "er",
    "ik": "er",
    "or": "er",
    "dom": "ar",
    "lek": "ar",
    "skap": "er/0",
    "eri": "ern",
    "ori": "er",
    "i": "er",
    "ment": "0",
    "at": "0/er",
    "gram": "0",
    "skop": "0",
    "em": "0",
    "tek": "0",
    "ande": "n/0u",
    "ende": "n/0u",
    "ie": "r",
    "ur": "er",
    "ium": "ern",
    "eum": "ern",
    "inna": "or",
    "ska": "or",
    "ma": "or/n",
    "a": "or",
    "ans": "er",
    "ens": "er",
    "sel": "ar",
    "iker": "ur",
    "ier": "ur",
    "nad": "er",
    "stad": "er",
    "nd": "er/0",
    "é": "er",
    "iv": "0",
    "är": "er/0",
    "al": "er/0",
    "ell": "er/0",
    "yr": "er",
    "ad": "er",
    "id": "er",
    "os": "er",
    "ys": "er",
    "in": "er/0/ern",
    "on": "er/0",
    "ård": "u",
}
"""Endings and their declensions, several where the ending does not decide, the likeliest first."""

IRREGULAR = """
    man mannen män männen
    hand handen händer händerna
    bok boken böcker böckerna
    fot foten fötter fötterna
    rot roten rötter rötterna
    bot boten böter böterna
    tand tanden tänder tänderna
    natt natten nätter nätterna
    stad staden städer städerna
    strand stranden stränder stränderna
    rand randen ränder ränderna
    brand branden bränder bränderna
    tång tången tänger tängerna
    stång stången stänger stängerna
    spång spången spänger spängerna
    ledamot ledamoten ledamöter ledamöterna
    son sonen söner sönerna
    bonde bonden bönder bönderna
    get geten getter getterna
    nöt nöten nötter nötterna
    gås gåsen gäss gässen
    mus musen möss mössen
    lus lusen löss lössen
    land landet länder länderna
    far fadern fäder fäderna
    far farn fäder fäderna
    fader fadern fäder fäderna
    mor modern mödrar mödrarna
    mor morn mödrar mödrarna
    moder modern mödrar mödrarna
    bror brodern bröder bröderna
    bror brorn bröder bröderna
    broder brodern bröder bröderna
    dotter dottern döttrar döttrarna
    öga ögat ögon ögonen
    öra örat öron öronen
    huvud huvudet huvuden huvudena
    huvud huvudet huvud huvudena
    förälder föräldern föräldrar föräldrarna
    vän vännen vänner vännerna
    datum datumet datum datumen
    centrum centrumet centrum centrumen
    centrum centret centra centrumen
    forum forumet forum forumen
    faktum faktumet fakta faktana
    papper papperet papper papperen
    papper pappret papper papprena
    examen examen examina examina
    himmel himlen himlar himlarna
    himmel himmeln himlar himlarna
    knä knäet knän knäna
    knä knät knän knäna
    historia historien historier historierna
    te teet teer teerna
    karl karlen karlar karlarna
    karl karln karlar karlarna
    gång gången gånger gångerna
    gång gången gångar gångarna
    bokstav bokstaven bokstäver bokstäverna
    album albumet album albumen
    dollar dollarn dollar dollarna
    radar radarn radarer radarerna
    toffel toffeln tofflor tofflorna
    akademi akademin akademier akademierna
    akademi akademien akademier akademierna
    historia historian historier historierna
    prov provet prov proven
    prov provet prover proverna
    spektrum spektrumet spektrum spektrumen
    universum universumet universum universumen
    fossil fossilet fossil fossilen
    fotografi fotografin fotografier fotografierna
    fotografi fotografiet fotografier fotografierna
    test testet test testen
    test testet tester testerna
    sökan sökan sökningar sökningarna
    mälan mälan mälningar mälningarna
    fordran fordran fordringar fordringarna
    strävan strävan strävanden strävandena
    verkan verkan - -
    verkan verkan verkningar verkningarna
    påverkan påverkan - -
    samverkan samverkan - -
    medverkan medverkan - -
    början början - -
    önskan önskan önskningar önskningarna
    klagan klagan - -
    väntan väntan - -
    längtan längtan - -
    tvekan tvekan - -
    fruktan fruktan - -
    intervall intervallet intervall intervallen
    intervall intervallet intervaller intervallerna
    begäran begäran - -
    generikum generikumet generika generikana
    pengar - pengar pengarna
    kläder - kläder kläderna
    herr herrn herrar herrarna
    kollega kollegan kollegor kollegorna
    kollega kollegan kolleger kollegerna
    jubileum jubileet jubileer jubileerna
    plan planen planer planerna
    plan planet plan planen
    led leden leder lederna
    led ledet led leden
    paraply paraplyet paraplyer paraplyerna
    axel axeln axlar axlarna
    sekel seklet sekler seklerna
    muskel muskeln muskler musklerna
    regel regeln regler reglerna
    fabel fabeln fabler fablerna
    möbel möbeln möbler möblerna
    formel formeln formler formlerna
    partikel partikeln partiklar partiklarna
    inbjudan inbjudan inbjudningar inbjudningarna
    alibi alibit alibin alibina
    verkstad verkstaden verkstäder verkstäderna
    officer officeren officerare officerarna
    val valet val valen
    val valen valar valarna
    tå tån tår tårna
    ansvar ansvaret - -
    stoff stoffet - -
    bihang bihanget bihang bihangen
"""
"""Nouns with vowel change or other forms of their own: indefinite and definite singular, and plural (- for none). A
noun with several inflections has several lines, the usual one first."""

LONG_M = ("em", "om", "im", "ym", "eam")
"""Endings with a long vowel before m, which is not doubled: problemet, symtomet, regimen."""

SHORT_M = frozenset({"hem", "lem", "rem", "gem", "gom", "gym", "slem", "lim", "rim"})
LONG_VOWEL = frozenset({"ram", "dam", "reklam", "kram", "kräm", "imam", "madam"})
"""Words that do otherwise: hemmet, ramen."""

SHORT_N = frozenset({"mun", "man", "vän"})
"""Words that double their n."""

STRESSED = frozenset({
    "kvarter", "juvel", "kamel", "panel", "fenomen", "kapten", "siren", "tenor", "bäcken", "korridor", "major", "humor",
    "del", "officer", "kavaljer",
})  # fmt: skip
"""Nouns in -el, -en and -er that keep their e: kvarteret."""
