"""A code in a system, with what was said about it."""

from termbank.model.base import Noun


class Coding(Noun):
    """One code of one code system (FHIR Coding).

    Arguments:
        system: short id (`kva`), canonical URL or OID of the code system.
        code: the code, as it is written there.
        version: version of the system, where it was said.
        display: the title that goes with the code.

    >>> str(Coding(system="kva", version="2026", code="AU124"))
    'kva|2026#AU124'
    """

    system: str
    code: str
    version: str | None = None
    display: str | None = None

    def __str__(self) -> str:
        """Write `system|version#code`."""
        version = f"|{self.version}" if self.version else ""
        return f"{self.system}{version}#{self.code}"
