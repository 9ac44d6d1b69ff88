"""samarbeta or samverka with an object, in the passive or as a past participle, which only samordna can be."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from termbank.text.rules import sam_words as words
from termbank.text.rules.sam_sentence import Sentence

_NP = "[dDzeag2]*(?:ho)?"
_ACTOR = "[dDzeag2]*(?:ho)?[sPILc]"
_SUBJECT = f"(?:^|[.,uo]){_ACTOR}(?:o{_ACTOR})*(?:[rM][dDzeag]*[sxOcPIX](?:o[dDzeag]*[sxOcX])?)?[tk]*"
_OBJECT = f"(?P<object>{_NP}(?P<head>[OTHc])|z[ag]*(?P<own>[xX]))"
_STRANDED = "(?![tx]*[um])"
_ORDERED = f"(?:{_NP}[OTHc]o)?(?P<object>{_NP}(?P<head>[OTHc]))"
_ACTIVE = tuple(
    re.compile(pattern)
    for pattern in (
        f"(?P<verb>N)t*{_OBJECT}",
        "(?P<verb>N)t*(?P<object>[dDag]*(?P<plural>x))",
        f"{_SUBJECT}(?P<verb>F)t*{_OBJECT}",
        f"^[dDzeag]*(?P<subject>x)(?:r[dDzeag]*[sxcX])?t*(?P<verb>F)t*{_OBJECT}",
        f"(?:^|[.,]){_OBJECT}(?P<verb>F)(?:p|{_ACTOR}){_STRANDED}",
        f"(?:^|[.,]){_OBJECT}k(?:p|{_ACTOR})[tku]*(?P<verb>N)(?![tx]*[umr])",
        f"{_OBJECT},?q(?:p|{_ACTOR}(?:o{_ACTOR})*)[tku]*(?P<verb>[FN])(?=[.,o]|$)",
        f"[pqD]t*(?P<verb>F)t*{_OBJECT}",
        f"(?P<verb>F)pt*{_OBJECT}",
        rf"(?P<verb>F)t*{_ACTOR}(?:o{_ACTOR})*t*(?P<object>z[ag]*(?:ho)?(?:(?P<head>[OTHc])|(?P<own>x)))",
        rf"(?P<verb>F)t*{_ACTOR}(?:o{_ACTOR})*t*(?P<object>(?P<head>[OTH]))(?P<definite>)",
    )
)
_PASSIVE = tuple(
    re.compile(pattern)
    for pattern in (
        f"(?:^|[.,uk]){_ORDERED}(?:[rmM][^.,kuqFNS]{{1,7}})?(?:,[^,.]*,)?[tk]*(?P<verb>S)",
        f"{_ORDERED},?q[tk]*(?P<verb>S)",
        f"(?P<verb>S)t*{_ORDERED}",
    )
)
_PREDICATE = re.compile(f"(?:^|[.,uk]){_ORDERED}(?:[rmM][^.,kuqFNS]{{1,7}})?(?P<be>k)[tk]*(?P<verb>[FNU])")
_BE = words.listed("är var blir blev bli vara blivit varit")
_PARTICIPLE = re.compile("(?P<before>^|.)t*(?P<verb>[FNU])(?P<object>(?P<mods>[ag]*(?:ho)?)(?P<head>[OTc]))")
_NOT_OBJECTS = re.compile(r"\b(?:hela|varje|samma|nästa|förra|alla besök\w*|flera besök\w*|många besök\w*)\b")
_NOUN = re.compile(r"[\w-]{2,}(?:er|ar|or|en|et|ing|ning|n|r|tem|bete|skap|het|del|ioner|tider)")
_BEYOND = frozenset({"emellan", "igenom"})
_WELL = words.listed("väl bättre mer mera inte dåligt")
_GIVING = words.listed(
    "få får fått ge ger gett erbjuda erbjudas erbjuder erbjuds ha har behöva behöver via kräva kräver"
)


class Found(NamedTuple):
    """What a pattern found: the word, and the words that are its evidence.

    Arguments:
        position: the sam-word, as a token of the sentence.
        evidence: the words that speak against it.
        manner: how it is used: object, passive or participle.
    """

    position: int
    evidence: str
    manner: str


def syntax(sentence: Sentence) -> Iterator[Found]:
    """Yield each samarbeta or samverka that takes an object, stands in the passive or is made a past participle.

    Source: the characteristic acted-on in the termbank's concepts (resources and efforts are what is samordnat, as its
    object; samverkan has no object).

    >>> import datetime
    >>> from termbank.documents.document import Document, Segment
    >>> from termbank.text.view import View
    >>> def found(text):
    ...     view = View(Document("a", "text", text, (Segment(0, len(text)),)), [], [], datetime.date(2026, 1, 1))
    ...     return [each.evidence for each in syntax(Sentence(view, 0, len(text)))]
    >>> found("Vi vill samverka våra scheman."), found("Vi vill samverka om våra scheman.")
    (['våra scheman'], [])
    """
    done = set()
    for manner, patterns in (
        ("participle", (_PARTICIPLE,)),
        ("predicate", (_PREDICATE,)),
        ("object", _ACTIVE),
        ("passive", _PASSIVE),
    ):
        for pattern in patterns:
            for match in pattern.finditer(sentence.tags):
                position = match.start("verb")
                if position not in done and _holds(sentence, match, manner):
                    done.add(position)
                    yield Found(position, sentence.words(match.start("object"), match.end("object")), manner)


def _holds(sentence: Sentence, match: re.Match[str], manner: str) -> bool:
    verb = sentence.tokens[match.start("verb")].text.lower()
    evidence = sentence.words(match.start("object"), match.end("object"))
    groups = match.groupdict()
    head, end = groups.get("head"), match.end("object")
    following = sentence.tokens[end].text.lower() if end < len(sentence.tokens) else ""
    if _NOT_OBJECTS.search(evidence.lower()) or following in _BEYOND:
        return False
    if evidence[0].isupper() and match.start("object") > match.start("verb"):
        return False
    if groups.get("plural") and not _open_object(sentence, match, verb):
        return False
    if groups.get("subject") and not _is_subject(sentence, match.start("subject")):
        return False
    if head == "H" and verb.startswith("samverka"):
        return False
    definite = evidence.endswith(("en", "et", "na", "an"))
    if groups.get("own") and not _NOUN.fullmatch(evidence.split()[-1]):
        return False
    if head == "c" and manner != "participle" and len(evidence.split()) == 1 and not definite:
        return False
    if "definite" in groups and not definite:
        return False
    if manner == "passive":
        return not _impersonal(sentence, match.start("verb"))
    if manner == "predicate":
        return (
            verb.endswith(("ad", "ade", "at")) and sentence.tokens[match.start("verb") - 1].text.lower() in _BE | _WELL
        )
    return manner != "participle" or _attributive(sentence, match, verb)


def _open_object(sentence: Sentence, match: re.Match[str], verb: str) -> bool:
    """Tell whether any definite plural noun right after the verb is its object."""
    word = sentence.tokens[match.start("plural")].text.lower()
    return (
        word.endswith(("erna", "arna", "orna"))
        and not words.TIME.fullmatch(word)
        and not (verb.startswith("samverka") and words.NEGOTIATED.fullmatch(word))
    )


def _is_subject(sentence: Sentence, position: int) -> bool:
    """Tell whether an unknown first noun is a subject and no adverbial: it is definite, or has an article."""
    word = sentence.tokens[position].text.lower()
    if words.TIME.fullmatch(word) or word.endswith("ligen"):
        return False
    return bool(words.DEFINITE.fullmatch(word)) or sentence.tags.startswith("e")


def _attributive(sentence: Sentence, match: re.Match[str], verb: str) -> bool:
    """Tell whether a form that could be a past tense is an attribute: samverkade insatser, en samverkad vård."""
    if match["verb"] == "U":
        return True
    if not verb.endswith("ade"):
        return match["verb"] == "N" and verb.endswith("at") and match["before"] == "e"
    if not match["before"]:
        return not sentence.words(match.start("object"), match.end("object")).endswith("na")
    before = sentence.tokens[match.start("before")].text.lower()
    if match.start("verb") and sentence.tokens[match.start("verb") - 1].text.lower() in _WELL:
        return True
    return match["before"] in "rmMdDze" or before in _GIVING


def _impersonal(sentence: Sentence, position: int) -> bool:
    """Tell whether det stands beside the passive: det samverkas kring insatserna has no object."""
    beside = sentence.tokens[max(position - 1, 0)], sentence.tokens[min(position + 1, len(sentence.tokens) - 1)]
    return any(token.text.lower() == "det" for token in beside)
