"""Which readings of a mention stay: by the vocabulary's other terms, and by the words around."""

from collections.abc import Callable, Iterable, Sequence

from termbank.language.homographs import likely
from termbank.text.mention import Reading


def without_passives(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Leave out passives of verbs whose s-form is a verb of its own: finns belongs to finnas, not to finna."""
    if len(readings) < 2:
        return tuple(readings)
    own = {reading.term for reading in readings}
    return tuple(
        reading
        for reading in readings
        if reading.term + "s" not in own or not all(form[-1:] == ("pass",) for form in reading.forms)
    )


def by_context(
    readings: tuple[Reading, ...], text: str, start: int, end: int, look: Callable[[str], Iterable[str]]
) -> tuple[Reading, ...]:
    """Leave out the readings that the words around a mention speak against.

    Arguments:
        readings: every reading of the mention.
        text: the text.
        start, end: the mention's offsets in it.
        look: the classes that a folded word may have.

    Returns:
        The readings that stay, at least one.
    """
    if len(readings) < 2:
        return readings
    return tuple(readings[number] for number in likely([each.forms for each in readings], text, start, end, look))
