"""Sentences in another language than Swedish."""

import re
from functools import lru_cache

_FOREIGN = re.compile(
    r"\b(?:the|of|and|with|is|are|was|by|this|that|which|as|be|or|from|an|to|on|it|at|not|care|health|shared|making"
    r"|le|la|les|du|comme|pour|dans|sur|pas|est|une|et|der|die|das|und|nicht|mit|von|zu)\b",
    re.IGNORECASE,
)
_SWEDISH = re.compile(
    r"\b(?:och|att|som|är|det|den|på|av|med|till|ett|inte|ska|kan|vid|från|eller|har|om)\b", re.IGNORECASE
)


@lru_cache(maxsize=64)
def is_foreign(sentence: str) -> bool:
    """Tell whether a sentence is English, French or German, or the greater part of it: by its words of function.

    Arguments:
        sentence: one sentence.

    >>> is_foreign("The patient is discharged with a care plan."), is_foreign("Planen är klar.")
    (True, False)
    """
    foreign = len(_FOREIGN.findall(sentence))
    return foreign >= 2 and foreign > len(_SWEDISH.findall(sentence))
