"""The compiled bank: one read-only SQLite file, and the same in memory."""

from termbank.store.build import build
from termbank.store.entry import Entry, TermHit
from termbank.store.file import BankFile, FileSource
from termbank.store.memory import MemorySource

__all__ = ["BankFile", "Entry", "FileSource", "MemorySource", "TermHit", "build"]
