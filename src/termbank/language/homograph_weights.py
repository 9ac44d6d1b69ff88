"""How much a neighbour speaks for a class of readings, in tenths of a bit.

Counted in the development part of UD Swedish-Talbanken 2 (CC BY-SA 4.0), 504 sentences: how much more often than
expected a word of the class stands after, or before, a neighbour of the category (pointwise mutual information, with
eight expected observations added, so that rare pairs say little). Each word was counted twice, with its neighbours'
classes known and not.
"""

CLOSED = {
    "article": """
        en ett någon något några ingen inget inga varje vilken vilket flera få många all allt alla båda
        bägge sådan sådant sådana var vart
    """,
    "definite": "den det de denna detta dessa",
    "possessive": """
        min mitt mina din ditt dina sin sitt sina vår vårt våra er ert era hans hennes dess deras ens vars
    """,
    "preposition": """
        i på av för med till från om vid under över mellan genom utan efter hos mot kring åt inom före bland
        ur trots enligt per utom bakom framför omkring utanför inför ifrån bredvid längs
    """,
    "att": "att",
    "modal": """
        kan ska skall vill bör måste får skulle kunde ville borde fick lär må torde brukar behöver låta
        kunna vilja låter
    """,
    "have": "har hade ha haft",
    "be": "är var vara varit blir blev bli blivit",
    "subject": "jag du han hon vi ni man",
    "relative": "som vilka",
    "conjunction": "och eller samt men respektive",
    "subordinator": "när då eftersom därför medan innan än så ju desto där hur varför vad vem",
    "adverb": """
        inte icke ej också även alltid aldrig ofta bara endast redan ännu nu sedan här mycket mer mest lika
        ganska helt alltför särskilt sällan dock väl nog kanske åter ut upp in ned bort fram hem
    """,
    "object": "mig dig sig oss honom henne dem varandra",
}
"""Function words by category."""

CLASSES = (
    "noun",
    "noun-def",
    "noun-pl",
    "noun-gen",
    "finite",
    "infinitive",
    "supine",
    "imperative",
    "adj",
    "adj-neut",
    "adj-pl",
    "compared",
)
"""Classes of readings, in the order of the tables."""

_PRECEDING = """
    adj              7    2   12   -3  -16  -24  -20  -19  -15   -5   -8  -16
    adverb         -17   -5  -11  -15    5    5   17  -19   11   10    5   -1
    article          9  -31    2  -13  -26  -16  -41  -19   13   13  -18   12
    att            -42    2  -21   -6  -71   30  -41  -19  -18  -18  -37  -48
    be             -13    0  -10   11  -24  -65  -41  -19   17   17    9   13
    comma           -2   -9   -2   -1    5   -3   -3   10    5    5    7   -9
    conjunction      3  -13    5   -8   -4    1  -17    5    2   -2    5    2
    definite        -9  -17  -13  -22    8  -30   -2  -19   -2   -7   19   16
    end             -9   13   -1    9   -7  -34  -41   42   -2  -47   -6   -2
    finite         -10   13   -2   13  -35    0  -41  -19   -6  -10    3  -11
    have             2   -5  -12  -52  -26  -65   44  -19    6   -1  -20   -2
    infinitive       0   11  -19   12  -71    6  -41  -19    7    2  -66  -48
    modal          -46  -14  -35  -20  -71   33  -41  -19  -65  -14  -33  -15
    noun           -31  -34  -15  -52   23   -7   19  -19  -10   -1   -7  -17
    noun-gen        16  -43   -1  -52  -71  -65  -41  -19  -12   -6    4  -17
    object          -8  -13  -68    9   13   -4  -41  -19    6  -47   11  -48
    possessive      14  -74    5  -11  -71  -65  -41  -19   -3  -14    5    4
    preposition      1   12   -7   15  -71  -51  -41  -19    1   -2   -1    3
    relative        -7   -7    1   -4   19  -65   14  -19  -12   -4  -32  -48
    subject        -17  -37  -21  -52   21    8   20  -19   -9  -47  -14  -11
    subordinator   -19   12  -11  -52    6  -28  -41  -19   11   13  -19    4
    unknown          2    0    6   -1    4  -11    0  -19   -7   -1   -4   -8
"""

_FOLLOWING = """
    adj            -12   -2  -11   20    6    4   -4  -19    1   10   -3    5
    adverb         -16   -5   -9  -52   18    9   15   12  -24   -6  -19  -16
    article        -11   -9  -30  -15   16   19    6  -19  -18  -47  -66  -48
    att              5    3   -5  -52    3    5  -41  -19  -16   12  -17  -48
    be               1   16   -2  -52  -12  -15  -41  -19  -11   -2  -31   -4
    comma            8    1    7  -14  -17  -15  -20  -19   -6    3   -3   -9
    conjunction      7   -3    7   -9  -20  -13  -12  -19   -1   -3    2   -2
    definite       -10  -19  -68  -52   16   12   29   20  -65   15  -26  -48
    end              7    5    7  -19  -14  -14   -5  -19   -7   -6  -15  -14
    finite           2   16    8  -52  -32  -65  -11  -19  -16  -17  -27  -18
    have             7   12    7  -52  -71  -65  -41  -19  -13  -47   -4  -48
    infinitive       5   -3  -68  -52  -10    6  -41   42    6   25  -66  -48
    modal            5   15   10  -52  -71  -65  -41  -19  -65  -47  -66  -48
    noun           -44  -39  -45   18   -6   -2   -6   -7   16    5   17   17
    noun-gen       -79  -74  -18  -52    6   14    8  -19   12    3   15    1
    object         -79  -74  -68  -52   20   19   23   30  -65  -47  -66  -48
    possessive     -24  -28  -22  -52   11   25   20   26  -19  -47  -20  -48
    preposition      6    3    3  -39   -2    1   -3    1  -12   -7  -16  -15
    relative         5   -3   16  -52   -4   -6   -8  -19  -17  -47  -18  -48
    subject        -16  -30   -1  -52   25  -22  -41  -19  -65  -47  -66  -48
    subordinator    -1    6    4  -52   -1    3   -2   20   -6    8  -26    1
    unknown        -13   -4  -11   12    0    0    2   -1    8    5    9    9
"""

PRIOR = dict(zip(CLASSES, (-21, -26, -33, -48, -29, -35, -60, -85, -35, -54, -35, -53), strict=True))
"""How frequent each class is."""


def _table(rows: str) -> dict[str, dict[str, int]]:
    table = {}
    for row in rows.strip().splitlines():
        category, *weights = row.split()
        table[category] = dict(zip(CLASSES, map(int, weights), strict=True))
    return table


PRECEDING = _table(_PRECEDING)
"""By the category of what stands before."""

FOLLOWING = _table(_FOLLOWING)
"""By the category of what stands after."""
