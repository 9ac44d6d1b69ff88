"""What a format cannot hold: counted, with an example, so that nothing is lost in silence."""

from dataclasses import dataclass, replace

from termbank.model import Finding
from termbank.model.rules import rule


@dataclass(frozen=True)
class Loss:
    """One kind of thing that was not written.

    Arguments:
        field: the field of our noun, or the element of the format, that has no place in what was written.
        count: how many times.
        example: one of the values.
    """

    field: str
    count: int
    example: str


class LossReport:
    """What was lost in writing; empty where everything could be said.

    >>> report = LossReport()
    >>> report.add("Concept.notes", "a note")
    >>> report.losses
    (Loss(field='Concept.notes', count=1, example='a note'),)
    """

    def __init__(self) -> None:
        self._found: dict[str, Loss] = {}

    def __bool__(self) -> bool:
        """Tell whether anything was lost."""
        return bool(self._found)

    def __repr__(self) -> str:
        """Write the losses."""
        return f"LossReport({self.losses!r})"

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The losses, in the order in which they were first met."""
        return tuple(self._found.values())

    def add(self, field: str, example: object, count: int = 1) -> None:
        """Count something that cannot be written; the first example is kept."""
        known = self._found.get(field)
        text = str(example)
        text = text if len(text) <= 80 else f"{text[:77]}..."
        self._found[field] = replace(known, count=known.count + count) if known else Loss(field, count, text)

    def merge(self, other: "LossReport") -> None:
        """Add another report's losses."""
        for loss in other.losses:
            self.add(loss.field, loss.example, loss.count)

    def findings(self, rule_id: str = "fhir-loss") -> list[Finding]:
        """Return the losses as findings of a rule whose text has their field, count and example."""
        return [rule(rule_id).finding(field=loss.field, count=loss.count, example=loss.example) for loss in self.losses]
