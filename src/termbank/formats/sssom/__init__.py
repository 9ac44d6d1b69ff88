"""SSSOM 1.0 and 1.1: mapping sets as TSV and JSON, read with places, written canonically.

The specification: https://mapping-commons.github.io/sssom/. What is read, written and where we differ:
docs/mappings/sssom.md.
"""

from termbank.formats.sssom.audit import Audit
from termbank.formats.sssom.reading import SUFFIX, MappingReading, read
from termbank.formats.sssom.record_hash import record_hash
from termbank.formats.sssom.slots import NO_TERM
from termbank.formats.sssom.writing import write

__all__ = ["NO_TERM", "SUFFIX", "Audit", "MappingReading", "read", "record_hash", "write"]
