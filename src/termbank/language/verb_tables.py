"""Simple Swedish verbs that do not follow the first conjugation, and the prefixes they take.

Our own selection, after the verb lists of Svenska Akademiens grammatik (1999), volume 2, Verb, and SAOL 14. Every verb
that is not here, alone or after a prefix, follows the first conjugation (samordna, samordnar, samordnade, samordnat).
"""

SECOND = """
    bygga väga röja böja höja följa kväva leva behöva kräva gräva häva ärva fälla ställa gälla välla spilla fylla
    skylla skälla smälla känna bränna nämna stämma glömma gömma drömma tömma skrämma klämma rymma dämma skymma
    döma hänga stänga spränga tränga svänga slänga ringa sörja mäla sända vända tända hända bända lända föda tyda
    leda reda breda köra höra föra lära röra styra hyra begära förstöra störa nära tära snöra tåla skölja stödja
    tämja berömma skämma värma söva snärja värja smörja spörja köpa tänka söka läsa hjälpa mäta röka läka märka
    räcka täcka väcka trycka tycka rycka sträcka stärka skänka sänka dränka blänka kyssa lösa låsa resa röna kröna
    släppa klippa knäppa täppa skärpa stjälpa möta byta sköta lyfta gifta smälta råda knäcka välta mista fästa
    lysa mysa åka smeka steka svepa krympa stöpa döpa leka vräka bleka väta släcka bräcka ränna spänna spräcka
    läcka räta tälja kränka blåsa fnysa rysa pryda nöta stöta hölja bestyrka styrka töja plöja dröja nöja kläda
    svälja hälla flänga föröda öda blöta göda minna gnälla blöda träda tynga hysa brygga kräka värka glöda tigga
    anstränga beskylla ösa begrava länga skava gylla skränka skräcka frälsa dräpa fräsa glänsa kröka kränga vränga
    klänga blänga kläcka stänka svälla drälla skrälla väva väja tänja jäsa fösa klösa gnaga skälva bräka fräta
    bryna skvätta sprätta drämma pysa
"""
"""Verbs of the second conjugation, in -de or -te."""

FIRST = "bevara förvara undvara befara bevilja vandra förgifta omringa inringa förkunna förinta beta inrista"
"""Verbs of the first conjugation that look like a prefix and another verb."""

THIRD = "bo tro nå må sy bry klä ske spå sko ro gro sky gry bero förmå klå glo sno strö så spy ty avsky förströ"
"""Verbs of the third conjugation."""

PREFIXES = """
    av an för till sam under be er åt i in ut upp ned ner på över om hem bort fram åter efter mot med ifrån från
    genom igenom kring runt fast hop ihop igen isär sönder tillbaka vidare åstad hand tillhanda fri vid bi miss
    van o sär skilje ifråga ihåg före förut vidmakt vidta del riks näst ny halv hel fel rätt köns grund ställ
    plats stad lag lik god nedan emot undan fort fånge tjänst våld död jäm järn kvar lös mellan tvär ur utan åsido
    gen sned dubbel huvud vår storm straff tork viktig sjuk vitt värde inne ute uppe nere dags rund skott ånger
    bak fot ford tving utanför ensam full mis offentlig bekant und samman marknads möjlig klar ren redo kart
    överens syssel liv här slut namn knä förbi färdig
"""
"""What may stand before a simple verb, also two in a row (till-handa-hålla)."""

STRONG = """
    äga äger ägde ägt ägd
    frysa fryser fryste fryst fryst
    snyta snyter snöt snutit snuten
    gnida gnider gned gnidit gniden
    niga niger neg nigit -
    drypa dryper dröp drupit -
    binda binder band bundit bunden
    finna finner fann funnit funnen
    vinna vinner vann vunnit vunnen
    hinna hinner hann hunnit hunnen
    spinna spinner spann spunnit spunnen
    brinna brinner brann brunnit brunnen
    rinna rinner rann runnit runnen
    försvinna försvinner försvann försvunnit försvunnen
    springa springer sprang sprungit sprungen
    tvinga tvingar tvingade tvingat tvingad tvinga
    tvinga tvingar tvang tvungit tvungen
    sjunga sjunger sjöng sjungit sjungen
    sjunka sjunker sjönk sjunkit sjunken
    dricka dricker drack druckit drucken
    sticka sticker stack stuckit stucken
    sticka stickar stickade stickat stickad sticka
    spricka spricker sprack spruckit sprucken
    slippa slipper slapp sluppit -
    sitta sitter satt suttit sutten
    ligga ligger låg legat legad
    sätta sätter satte satt satt
    lägga lägger lade lagt lagd
    lägga lägger la lagt lagd
    säga säger sade sagt sagd
    säga säger sa sagt sagd
    ta tar tog tagit tagen
    taga tager tog tagit tagen tag
    dra drar drog dragit dragen
    draga drager drog dragit dragen drag
    slå slår slog slagit slagen
    stå står stod stått -
    gå går gick gått gången
    få får fick fått fådd
    se ser såg sett sedd
    ge ger gav gett given
    ge ger gav givit given
    giva giver gav givit given giv
    bli blir blev blivit bliven
    bliva bliver blev blivit bliven bliv
    be ber bad bett bedd
    bedja beder bad bett bedd bed
    le ler log lett -
    dö dör dog dött -
    göra gör gjorde gjort gjord
    veta vet visste vetat -
    kunna kan kunde kunnat -
    skola ska skulle skolat -
    skola skall skulle skolat -
    vilja vill ville velat -
    måsta måste måste måst -
    böra bör borde bort -
    tör tör torde - -
    vara är var varit - var
    ha har hade haft havd
    hava haver hade haft havd hav
    komma kommer kom kommit kommen
    sova sover sov sovit -
    låta låter lät låtit låten
    tillåta tillåter tillät tillåtit tillåten
    gråta gråter grät gråtit gråten
    äta äter åt ätit äten
    bära bär bar burit buren
    skära skär skar skurit skuren
    stjäla stjäl stal stulit stulen
    svära svär svor svurit svuren
    hålla håller höll hållit hållen
    falla faller föll fallit fallen
    fara far for farit faren
    svälta svälter svalt svultit svulten
    hjälpa hjälper hjälpte hjälpt hjälpt
    hugga hugger högg huggit huggen
    skriva skriver skrev skrivit skriven
    driva driver drev drivit driven
    riva river rev rivit riven
    trivas trivs trivdes trivts -
    gripa griper grep gripit gripen
    knipa kniper knep knipit knipen
    pipa piper pep pipit -
    slipa slipar slipade slipat slipad slipa
    bita biter bet bitit biten
    slita sliter slet slitit sliten
    smita smiter smet smitit -
    kliva kliver klev klivit kliven
    stiga stiger steg stigit stigen
    tiga tiger teg tigit -
    viga viger vigde vigt vigd
    skina skiner sken skinit -
    svika sviker svek svikit sviken
    vika viker vek vikit viken
    sprida sprider spred spridit spridd
    sprida sprider spridde spritt spridd
    rida rider red ridit riden
    strida strider stred stridit stridd
    strida strider stridde stritt stridd
    lida lider led lidit liden
    skrida skrider skred skridit skriden
    vrida vrider vred vridit vriden
    svida svider sved svidit -
    bjuda bjuder bjöd bjudit bjuden
    ljuda ljuder ljöd ljudit -
    sjuda sjuder sjöd sjudit sjuden
    lyda lyder lydde lytt lydd
    lyda lyder löd lytt lydd
    njuta njuter njöt njutit njuten
    skjuta skjuter sköt skjutit skjuten
    gjuta gjuter göt gjutit gjuten
    sluta slutar slutade slutat slutad sluta
    sluta sluter slöt slutit sluten
    bryta bryter bröt brutit bruten
    flyta flyter flöt flutit fluten
    knyta knyter knöt knutit knuten
    skryta skryter skröt skrutit skruten
    flyga flyger flög flugit flugen
    ljuga ljuger ljög ljugit ljugen
    suga suger sög sugit sugen
    duga duger dög dugit -
    smyga smyger smög smugit smugen
    krypa kryper kröp krupit krupen
    strypa stryper ströp strypt strypt
    strypa stryper strypte strypt strypt
    dyka dyker dök dykt -
    dyka dyker dykte dykt -
    stryka stryker strök strukit struken
    supa super söp supit supen
    nypa nyper nöp nupit nupen
    klyva klyver klöv kluvit kluven
    ryta ryter röt rutit -
    frysa fryser frös frusit frusen
    nysa nyser nös nyst -
    tjuta tjuter tjöt tjutit -
    bedra bedrar bedrog bedragit bedragen
    välja väljer valde valt vald
    svälja sväljer svalde svalt svald
    svälja sväljer sväljde sväljt sväljd
    dölja döljer dolde dolt dold
    vänja vänjer vande vant vand
    skilja skiljer skilde skilt skild
    skilja skiljer skiljde skiljt skiljd
    sälja säljer sålde sålt såld
    tälja täljer talde talt tald
    glädja gläder gladde glatt gladd
    stödja stöder stödde stött stödd
    stödja stödjer stödde stött stödd
    stinka stinker stank stunkit stunken
    glida glider gled glidit gliden
    ryka ryker rök rukit ruken
    slåss slåss slogs slagits -
    städja städer stadde statt stadd
    smörja smörjer smorde smort smord
    spörja spörjer sporde sport spord
    töras törs tordes torts -
    bringa bringar bragte bragt bragt bringa
    bringa bringar bringade bringat bringad bringa
    leva lever levde levt levd
    leva lever levde levat levad
    mala mal malde malt mald
    mala mal malde malit malen
    tala talar talade talat talad tala
    växa växer växte växt växt
    växa växer växte vuxit vuxen
    bestå består bestod bestått bestådd
    förstå förstår förstod förstått förstådd
    förslå förslår förslog förslagit förslagen
    heta heter hette hetat -
    idas ids iddes itts -
    nå når nådde nått nådd
    fly flyr flydde flytt flydd
    besluta beslutar beslutade beslutat beslutad besluta
    besluta besluter beslöt beslutit besluten beslut
    bestrida bestrider bestred bestridit bestridd
    brista brister brast brustit brusten
    gälda gäldar gäldade gäldat gäldad gälda
    betala betalar betalade betalat betalad betala
    betala betalar betalade betalt betald betala
    koka kokar kokade kokat kokad koka
    koka kokar kokte kokt kokt koka
    byta byter bytte bytt bytt
    löpa löper löpte löpt löpt
    löpa löper lopp lupit lupen
    tryta tryter tröt trutit -
    gälla gäller gällde gällt -
    vederfara vederfar vederfor vederfarit vederfaren
    varda vardar vart vordit vorden
    förnimma förnimmer förnam förnummit förnummen
    stinga stinger stack stungit stungen
"""
"""Infinitive, present, past, supine, past participle (- for none) and the imperative where it is not the stem.
A verb with several inflections has several lines, the usual one first."""
