"""What a new edition of a code list means for a mapping set: codes that went, changed their name, or came."""

from collections.abc import Iterator

from termbank.language.words import words
from termbank.mapping.inverting import named
from termbank.model import Coding, Finding, Mapping, MappingSet
from termbank.model.rules import rule
from termbank.store.entry import Entry
from termbank.terminology.engine import Terminology
from termbank.terminology.source import Source


def affected(
    mapping_set: MappingSet, terminology: Terminology, system: str, before: str, after: str, *, new: bool = True
) -> Iterator[tuple[Mapping | None, Finding]]:
    """Yield what has happened to the codes of a set between two editions of a code list.

    Found are: mapped codes that are gone, that have another title, or that became headings or inactive; and codes that
    are new and not in the set.

    Arguments:
        mapping_set: the set.
        terminology: holds both editions.
        system: the code list, by any of its names.
        before, after: the versions.
        new: tell of new codes, too.

    Yields:
        The mapping, None for a new code, and what there is to say.

    Raises:
        UnknownVocabulary: an edition is not here.
    """
    old, late = (terminology.source(system, version) for version in (before, after))
    known = terminology.names.resolve(system).id
    seen: set[str] = set()
    for mapping in mapping_set.mappings:
        for coding in (mapping.subject, mapping.object):
            if coding is not None and terminology.names.resolve(coding.system).id == known:
                seen.add(coding.code)
                finding = _changed(mapping, coding, old, late)
                if finding is not None:
                    yield mapping, finding
    if new:
        for entry in late.entries(late.everything()):
            if not entry.abstract and entry.code not in seen and old.find(entry.code) is None:
                arguments = {"code": entry.code, "system": late.info.versioned, "title": entry.display or "–"}
                yield None, rule("edition-new-code").finding(None, **arguments)


def _changed(mapping: Mapping, coding: Coding, old: Source, late: Source) -> Finding | None:
    was, now = old.find(coding.code), late.find(coding.code)
    if was is None:
        return None
    arguments = {**named(mapping), "code": coding.code, "system": late.info.versioned, "before": old.info.versioned}
    if now is None:
        return rule("edition-code-gone").finding(None, **arguments, title=was.display or "–")
    if words(was.display) != words(now.display):
        return rule("edition-reworded").finding(None, **arguments, was=was.display, now=now.display)
    if _stopped(was, now):
        return rule("edition-not-selectable").finding(None, **arguments)
    return None


def _stopped(was: Entry, now: Entry) -> bool:
    return bool((now.abstract and not was.abstract) or (now.inactive and not was.inactive))
