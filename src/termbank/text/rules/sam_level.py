"""samverkan for one delimited task between persons, and samarbete for an overarching purpose of managements."""

import re
from collections.abc import Iterator

from termbank.text.rules import sam_words as words
from termbank.text.rules.sam_sentence import Sentence
from termbank.text.rules.sam_silence import lawful
from termbank.text.rules.sam_syntax import Found

_PERSON = "(?:[dDa]*PX{0,2}|[gze]a*IX{0,2})"
_SEVERAL = f"(?:{_PERSON}(?:,{_PERSON})*o{_PERSON}|2[dDa]*L|LXoX|{_PERSON}m{_PERSON})"
_PERSONS = tuple(
    re.compile(pattern)
    for pattern in (
        f"(?P<persons>{_SEVERAL})[tku]{{0,5}}(?P<word>[FN])",
        f"(?P<word>F)t*(?P<persons>{_SEVERAL})",
        f"(?P<persons>{_PERSON}[tku]{{0,5}}(?P<word>[FN])t*m{_PERSON})",
        f"(?P<word>n)M(?P<persons>{_SEVERAL}|d?[dDa]*L)",
        f"(?P<persons>{_PERSON}[^.,q]*?ra?(?P<word>n)m{_PERSON})",
        f"(?P<persons>{_SEVERAL})[tkux]{{0,4}}a?(?P<word>n)",
        "(?P<persons>[dDa]*G[dDa]*oG)a?(?P<word>n)",
        "^[dDa]*(?P<persons>L)(?:[rm][dDzeag]*[sx])?t*(?P<word>F)",
    )
)
_OUTSIDE = words.listed("efter inför före innan till sedan från")


def samverkan_for_task(sentence: Sentence) -> Iterator[Found]:
    """Yield each samverka or samverkan of several named professionals about one delimited task.

    Source: Socialstyrelsens termbank, post 516 (samarbete: a task with clear limits), characteristic aim.

    >>> import datetime
    >>> from termbank.documents.document import Document, Segment
    >>> from termbank.text.view import View
    >>> text = "Sjuksköterskan och undersköterskan samverkar vid omläggningen."
    >>> view = View(Document("a", "text", text, (Segment(0, len(text)),)), [], [], datetime.date(2026, 1, 1))
    >>> [each.evidence for each in samverkan_for_task(Sentence(view, 0, len(text)))]
    ['omläggningen']
    """
    if words.ONGOING.search(sentence.text) or lawful(sentence):
        return
    task = _task(sentence)
    if task is None:
        return
    done = set()
    for pattern in _PERSONS:
        for match in pattern.finditer(sentence.tags):
            position = match.start("word")
            if position not in done and sentence.tokens[position].text.lower().startswith("samverk"):
                done.add(position)
                yield Found(position, task, "task")


def _task(sentence: Sentence) -> str | None:
    """Return the words for a delimited task, or None."""
    tokens = [token.text.lower() for token in sentence.tokens]
    for position, word in enumerate(tokens):
        if words.TASK.fullmatch(word) and _belongs(sentence, position):
            return sentence.tokens[position].text
        if words.TASK_FORMS.fullmatch(word):
            return sentence.tokens[position].text
        if word == "att" and position and tokens[position - 1] in ("om", "med", "kring", "vid", "för"):
            following = tokens[position + 1 : position + 3]
            if following and (words.TASK_VERBS.fullmatch(following[0]) or _help(sentence, position + 1)):
                return sentence.words(position, position + 2)
    return None


def _belongs(sentence: Sentence, position: int) -> bool:
    """Tell whether a task is what the persons do, and not what comes before or after it, or beside it."""
    start = position
    while start and sentence.tags[start - 1] in "dDzeagX2":
        start -= 1
    return not start or (
        sentence.tags[start - 1] not in "o,q" and sentence.tokens[start - 1].text.lower() not in _OUTSIDE
    )


def _help(sentence: Sentence, position: int) -> bool:
    """Tell whether it says to help one person who is named."""
    return sentence.words(position, position + 1) == "hjälpa" and (
        sentence.tags[position + 1 : position + 2] == "X"
        or sentence.tokens[position + 1].text in ("patienten", "honom", "henne", "brukaren")
    )


def samarbete_for_overarching(sentence: Sentence) -> Iterator[Found]:
    """Yield each samarbeta or samarbete of managements for a purpose that concerns a whole population.

    Source: Terminologifrämjandet 2021-03-07 and Kunskapsguiden, characteristics aim and level of termbank#samverkan.

    >>> import datetime
    >>> from termbank.documents.document import Document, Segment
    >>> from termbank.text.view import View
    >>> text = "Nämnderna samarbetar på strategisk nivå för en jämlik hälsa i länet."
    >>> view = View(Document("a", "text", text, (Segment(0, len(text)),)), [], [], datetime.date(2026, 1, 1))
    >>> [each.evidence for each in samarbete_for_overarching(Sentence(view, 0, len(text)))]
    ['på strategisk nivå ... jämlik hälsa']
    """
    purpose = words.PURPOSE.search(sentence.lower)
    if not purpose or words.DELIMITED.search(sentence.lower) or re.search("[PIL]", sentence.tags) or lawful(sentence):
        return
    level = words.LEVEL.search(sentence.lower)
    if not level and not words.POPULATION.search(sentence.lower):
        return
    for position, tag in enumerate(sentence.tags):
        if tag not in "FNn" or not sentence.tokens[position].text.lower().startswith("samarbet"):
            continue
        who = level.group() if level else _bodies(sentence, position)
        if who:
            yield Found(position, f"{who} ... {purpose.group()}", "overarching")


def _bodies(sentence: Sentence, position: int) -> str | None:
    """Return a body of management that takes part, where it stands in the same clause as the word."""
    start = position
    while start and sentence.tags[start - 1] not in ".,uq":
        start -= 1
    if start and sentence.tags[start - 1] == "q":  # the cleft: det är ledningarna som samarbetar
        start -= 1
        while start and sentence.tags[start - 1] not in ".,u":
            start -= 1
    end = position
    while end < len(sentence.tags) and end - position < 9 and sentence.tags[end] not in ".,uq":
        end += 1
    bodies = [token.text for token in sentence.tokens[start:end] if words.BODIES.fullmatch(token.text.lower())]
    parties = [
        token.text
        for token, tag in zip(sentence.tokens[start:end], sentence.tags[start:end], strict=True)
        if tag == "s" or words.BODIES.fullmatch(token.text.lower())
    ]
    plural = any(
        body.lower().rstrip("s").endswith(("er", "erna", "ar", "arna", "rna", "na", "än", "nen")) for body in bodies
    )
    groups = any("grupp" in body or "presidi" in body for body in bodies)
    return bodies[0] if bodies and (plural or groups or len(parties) > 1) else None
