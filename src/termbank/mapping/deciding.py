"""Which of the mappings of a code apply, by their rules: what `translate` asks, and what it leaves out."""

from collections.abc import Iterator, Mapping, Sequence

from termbank.mapping.rules import evaluate
from termbank.model import Mapping as Statement
from termbank.terminology.translation import Question


def decide(mappings: Sequence[Statement], answers: Mapping[str, str]) -> dict[int, tuple[Question, ...]]:
    """Tell which mappings of one code may apply; see `termbank.terminology.translation.Decide`.

    Of a group whose rules can be decided, those that are chosen; of one where something must be known first, all whose
    own rule may hold, with what is asked.
    """
    by_subject: dict[tuple[str, str], list[Statement]] = {}
    for each in mappings:
        by_subject.setdefault((each.subject.system, each.subject.code), []).append(each)
    return {key: asked for same in by_subject.values() for key, asked in _decided(same, answers)}


def _decided(mappings: list[Statement], answers: Mapping[str, str]) -> Iterator[tuple[int, tuple[Question, ...]]]:
    for group in evaluate(mappings, answers).groups:
        asked = tuple(
            Question(attribute=each.key, text=each.text if each.text != each.key else None) for each in group.asked
        )
        if not asked:
            yield from ((id(each), ()) for each in group.chosen)
            continue
        for each in mappings:
            if each.group == group.number:
                alone = evaluate([each], answers)
                if alone.asked or any(one.chosen for one in alone.groups):
                    yield id(each), tuple(question.model_copy(update={"rule": each.rule}) for question in asked)
