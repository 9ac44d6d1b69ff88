"""Where `sam-usage` says nothing: definitions, pairs, other domains, words that are quoted or spoken about."""

import re

from termbank.text.rules.sam_sentence import Sentence

_DEFINITION = re.compile(
    r"\b(?:ord(?:et|en|val\w*)?|term(?:en|er|erna|banken\w*)?|begrepp\w*|uttryck(?:et|en)?|verb(?:et|en)?|substantiv\w*"
    r"|bör skrivas|skriv inte|definier\w+|definition\w*|synonym\w*)\b"
    r"|\bavses\b|\bmenas\b|\b(?:samverkan|samarbete|samordning) (?:är|innebär|betyder)\b"
)
_PAIR = re.compile(
    r"(?<![\w-])[\w-]{0,60}sam(?:verk|arbet|ordn)[\w-]*(?: (?:och|eller|samt|respektive|resp\.?|&) |/|, )(?:\w+ ){0,1}"
    r"sam(?:verk|arbet|ordn)"
)
_DOMAIN = re.compile(
    r"\b(?:mbl|fsg|lsg|csg|cesam|apt|fackliga?|facket|fackförbund\w*|arbetsgivar\w*|arbetstagar\w*|skyddsombud\w*"
    r"|skyddskommitt\w*|medbestämmande\w*|arbetsplatsträff\w*|samverkansavtal\w*|samverkansgrupp\w*|arbetsmiljö\w*"
    r"|kollektivavtal\w*|kris(?:en|er|erna|beredskap\w*|ledning\w*|hantering\w*|läge\w*|situation\w*)?|beredskap\w*"
    r"|katastrof\w*|räddning\w*|totalförsvar\w*|försvar(?:et|smakt\w*)|krig\w*|allvarlig\w* händelse\w*"
    r"|polis\w*|brott\w*|eu|eu-\w+|europe\w+|internationell\w*|nordisk\w*|nato|forsk\w+|universitet\w*|högskol\w+"
    r"|interaktion\w*|interager\w+|ordnat införande|nt-rådet|läkemedelsråd\w*|preparat\w*|företag(?:et|en)?)\b"
)
_LAW = re.compile(r"§|\b\d+ kap\.|\blag(?:en)?\b|\bförordning(?:en)?\b")
_MARKED = "’'‘`*_"


def silent(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks about the words, pairs them, or belongs to a domain with a usage of its own.

    Working life (MBL) and crisis preparedness use samverkan in senses of their own, as the comment of the concept
    termbank#samverkan says; the domain is looked for in the whole paragraph.

    >>> import datetime
    >>> from termbank.documents.document import Document, Segment
    >>> from termbank.text.view import View
    >>> text = "Frågan om tiderna samverkas i FSG."
    >>> view = View(Document("a", "text", text, (Segment(0, len(text)),)), [], [], datetime.date(2026, 1, 1))
    >>> silent(Sentence(view, 0, len(text)))
    True
    """
    first, last = sentence.view.paragraph(sentence.start)
    around = sentence.view.text[max(first, sentence.start - 600) : min(last, sentence.start + len(sentence.text) + 600)]
    return bool(_DEFINITION.search(sentence.lower) or _PAIR.search(sentence.lower) or _DOMAIN.search(around.lower()))


def foreign(sentence: Sentence, position: int) -> bool:
    """Tell whether a word of a sentence is quoted, marked as a word, or part of a name or title."""
    token = sentence.tokens[position]
    around = sentence.text[max(token.start - 1, 0) : token.start] + sentence.text[token.end : token.end + 1]
    if any(sign in around for sign in _MARKED):
        return True
    if token.text[0].isupper() and token.start > 0 and sentence.text[: token.start].rstrip(" –-•(0123456789.)\t"):
        return True
    return sentence.view.inside(*sentence.place(position))


def lawful(sentence: Sentence) -> bool:
    """Tell whether a sentence states or retells a statute."""
    return bool(_LAW.search(sentence.lower))
