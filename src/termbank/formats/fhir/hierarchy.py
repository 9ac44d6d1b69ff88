"""Circles in a hierarchy: a concept that is above itself."""

from collections.abc import Mapping, Sequence

from termbank.formats.fhir.elements import Element


def refuse_circles(above: Mapping[str, Sequence[str]], places: Mapping[str, Element]) -> None:
    """Refuse a hierarchy in which a concept is above itself.

    Arguments:
        above: the codes directly above each code.
        places: where each concept stands.

    Raises:
        FormatError: there is a circle; the text shows it.
    """
    done: set[str] = set()
    for start in above:
        if start in done:
            continue
        path: dict[str, None] = {start: None}
        waiting = [iter(above[start])]
        while waiting:
            code = next(waiting[-1], None)
            if code is None:
                waiting.pop()
                done.add(path.popitem()[0])
            elif code in path:
                codes = list(path)
                circle = [*codes[codes.index(code) :], code]
                shown = circle if len(circle) <= 8 else [*circle[:4], "...", *circle[-3:]]
                places[code].error(
                    "property", f"{code} is above itself ({' < '.join(shown)}); remove one of the parents"
                )
            elif code not in done and code in above:
                path[code] = None
                waiting.append(iter(above[code]))
