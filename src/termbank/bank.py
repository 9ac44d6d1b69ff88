"""The one object that users hold: it only puts the parts together."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, overload

from termbank import collector
from termbank.errors import UnknownConcept, UnknownVocabulary
from termbank.mapping.questions import TranslationQuestions
from termbank.mapping.suggest.questions import SuggestQuestions
from termbank.model import Coding, Concept, Finding, MappingSet, ValueSet, Vocabulary
from termbank.store.file import BankFile
from termbank.terminology.engine import Terminology
from termbank.terminology.loaded import Loaded
from termbank.terminology.searching import Hit
from termbank.terminology.source import MemoryMappings
from termbank.terminology.subsumption import Subsumption
from termbank.terminology.supplements import Supplement
from termbank.terminology.validation import Validation
from termbank.terminology.value_set_questions import Chosen, ValueSetQuestions, of_resources
from termbank.text.questions import TextQuestions

if TYPE_CHECKING:
    import polars as pl

    from termbank.records.profile import Profile
    from termbank.records.summary import Summary


class Bank(SuggestQuestions, TextQuestions, TranslationQuestions, ValueSetQuestions):
    """Concepts, code systems and mappings, ready to be asked.

    Open one with `termbank.open`, or make one with `Bank.from_vocabularies`. A bank is a context manager, may be used
    from several threads, and pickles by its path.

    >>> from termbank.model import Term
    >>> words = Vocabulary(id="ord", title="Ord", concepts=[Concept(id="samverkan", terms=(Term(text="samverkan"),))])
    >>> with Bank.from_vocabularies([words]) as bank:
    ...     bank.search("samvekran")[0].concept.id
    'samverkan'
    """

    def __init__(self, terminology: Terminology, file: BankFile | None = None, origin: Path | None = None) -> None:
        self.terminology = terminology
        self.file = file
        self._origin = origin

    @classmethod
    def open(cls, path: Path | str | None = None) -> Self:
        """Open a bank.

        Arguments:
            path: a bank file; None: what is shipped plus the user's own lists.

        Raises:
            BankError: the file is missing, damaged, no bank, or of another format version.
        """
        if path is None:
            from termbank.store import library

            file = library.open_default()
        else:
            file = BankFile(path)
        terminology = Terminology(file.sources, [file], file.known_systems, file.value_sets)
        return cls(terminology, file, None if path is None else file.path)

    @classmethod
    def from_vocabularies(cls, vocabularies: Iterable[Vocabulary], mappings: Iterable[MappingSet] = ()) -> Self:
        """Make a bank in memory.

        Raises:
            FormatError: a vocabulary has the same concept id twice.
        """
        from termbank.store.memory import MemorySource

        return cls(Terminology(map(MemorySource, vocabularies), [MemoryMappings(mappings)]))

    @classmethod
    def from_resources(cls, resources: Iterable[dict[str, Any]]) -> Self:
        """Make a bank in memory of FHIR resources, R4 or R5, as parsed JSON.

        Arguments:
            resources: CodeSystem, ValueSet, ConceptMap and NamingSystem resources; others say nothing about codes and
                are passed over.

        Raises:
            FormatError: one of them is wrong; the text names the element.
        """
        return cls(of_resources(resources))

    def overlaid(
        self,
        vocabularies: Iterable[Vocabulary] = (),
        mappings: Iterable[MappingSet] = (),
        value_sets: Iterable[ValueSet] = (),
    ) -> "Bank":
        """Return this bank with further vocabularies, mapping and value sets beside its own, without compiling them."""
        from termbank.store.memory import MemorySource

        own, added = self.terminology, map(MemorySource, vocabularies)
        mapped = (*own.mappings, MemoryMappings(mappings))
        more = tuple(value_sets)
        sets = (*more, *self.value_sets) if more or len(own.layers) > 1 else own.layers[0].value_sets
        return Bank(Terminology((*own.sources, *added), mapped, own.names.known_systems, sets), self.file, self._origin)

    def __repr__(self) -> str:
        """Name what is in the bank."""
        names = ", ".join(sorted(loaded.info.versioned for loaded in self.vocabularies))
        return f"<Bank of {names or 'nothing'}>"

    def __enter__(self) -> Self:
        """Use the bank in a `with` statement."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the bank."""
        self.close()

    def close(self) -> None:
        """Close the bank's file, if it has one."""
        if self.file is not None:
            self.file.close()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by path."""
        own, file = self.terminology, self.file
        added = file is None or any(source not in file.sources for source in own.sources)
        if file is None or added or any(layer.value_sets is not file.value_sets for layer in own.layers):
            raise TypeError("a bank in memory cannot be pickled; build it to a file and open that")
        return (type(self).open, (self._origin,))

    @property
    def vocabularies(self) -> tuple[Loaded, ...]:
        """What is in the bank: every version of every vocabulary."""
        return tuple(Loaded(s.info, s.concept_count, s.digest) for s in self.terminology.sources)

    @property
    def mapping_sets(self) -> tuple[MappingSet, ...]:
        """The mapping sets in the bank, without their mappings."""
        return tuple(header for source in self.terminology.mappings for header in source.mapping_sets())

    @overload
    def concept(self, vocabulary: str, concept_id: str, *, version: str | None = None) -> Concept: ...
    @overload
    def concept(
        self, vocabulary: str, concept_id: str, *, version: str | None = None, strict: Literal[False]
    ) -> Concept | None: ...
    def concept(
        self, vocabulary: str, concept_id: str, *, version: str | None = None, strict: bool = True
    ) -> Concept | None:
        """Return a concept by its id.

        Arguments:
            vocabulary: short id (`kva`, or `kva|2020` for a version), canonical URL or OID.
            concept_id: the id, or the code in any way the vocabulary accepts.
            version: the version; None: the newest.
            strict: raise where there is none; else return None.

        Raises:
            UnknownVocabulary: there is no such vocabulary or version.
            UnknownConcept: there is no such concept; its `near` has the closest ids.
        """
        try:
            return self.terminology.concept(vocabulary, concept_id, version)
        except (UnknownConcept, UnknownVocabulary):
            if strict:
                raise
            return None

    def supplements(self, vocabulary: str, concept_id: str, *, version: str | None = None) -> list[Supplement]:
        """Return what supplements add to a concept: a region's own terms beside the national, whose status they keep.

        Arguments:
            vocabulary: the vocabulary that is added to; short id, canonical URL or OID.
            concept_id: the id of the concept.
            version: the version; None: the newest.

        Returns:
            One (info, concept) for each supplement that says something of the concept.

        Raises:
            UnknownVocabulary: there is no such vocabulary or version.
        """
        return self.terminology.supplements(vocabulary, concept_id, version)

    def lint(self, *paths: Path | str) -> list[Finding]:
        """Check vocabularies, mapping and value sets as their makers write them, with each other and with this bank.

        Arguments:
            paths: vocabulary folders, folders of such folders, mapping sets (`NAME.sssom.tsv`), value sets
                (`NAME.valueset.toml`) or a `systems.yaml`.

        Returns:
            What was found, by file and line; nothing where all is well.

        Raises:
            FormatError: a path is none of these, or a file cannot be read at all.
        """
        from termbank.lint.check import check
        from termbank.store.material import collect

        return check(collect(map(Path, paths), self.terminology.names.known_systems()), self.terminology)

    def search(
        self, text: str, *, vocabulary: str | None = None, version: str | None = None, limit: int = 10
    ) -> list[Hit]:
        """Return the concepts whose terms or code fit a text best, also when it is misspelled or only begun.

        Arguments:
            text: words of a term, the beginning of one, or a code.
            vocabulary: search in this one only; None: in the newest version of each.
            version: its version.
            limit: how many hits at most.

        Returns:
            Hits, the best first; å, ä and ö are letters of their own: *oga* finds *öga* only as a misspelling.

        Raises:
            UnknownVocabulary: there is no such vocabulary or version.
        """
        return self.terminology.search(text, vocabulary, version, limit)

    def validate_code(
        self,
        system: str,
        code: str,
        *,
        version: str | None = None,
        on: datetime.date | None = None,
        display: str | None = None,
        near: int = 5,
        value_set: Chosen | None = None,
    ) -> Validation:
        """Tell whether a code is right, and in a value set where one is named; never raises on a bad code.

        Arguments:
            system: short id, canonical URL or OID of the code system.
            code: the code.
            version: check in this version; None: the one in force on the day, or the newest.
            on: the day; None: no dates are checked.
            display: the text that came with the code, to be compared.
            near: how many near codes a wrong one is answered with.
            value_set: a value set that it must be in; see `expand`.

        Returns:
            A `Validation`: valid True, False, or None where it cannot be told, with the reasons as findings.

        Raises:
            UnknownValueSet, Refusal, FormatError: the value set cannot be used; see `expand`.
        """
        if value_set is None:
            return self.terminology.validate(system, code, version, on, display, near)
        coding = Coding(system=system, code=code, version=version, display=display)
        return self._validated([coding], value_set, on, near)[0]

    @overload
    def validate_codes(
        self,
        codings: Iterable[Coding],
        *,
        system: None = None,
        on: datetime.date | None = None,
        value_set: Chosen | None = None,
    ) -> list[Validation]: ...
    @overload
    def validate_codes(
        self, codings: Any, *, system: str, on: datetime.date | None = None, value_set: Chosen | None = None
    ) -> "pl.DataFrame": ...
    def validate_codes(
        self,
        codings: Any,
        *,
        system: str | None = None,
        on: datetime.date | None = None,
        value_set: Chosen | None = None,
    ) -> "list[Validation] | pl.DataFrame":
        """Tell of many codes whether they are right, and in a value set where one is named.

        Arguments:
            codings: Codings; or, with `system`, an Arrow array (or Polars Series) of codes.
            system: the system of all codes of an array.
            on: the day that all are asked for.
            value_set: a value set that they must be in; see `expand`.

        Returns:
            For Codings a list of `Validation` in their order; for an array a Polars DataFrame in its order with the
            columns code (as the system writes it), valid, version, display and rule (the first error or warning).

        Raises:
            UnknownValueSet, Refusal, FormatError: the value set cannot be used; see `expand`.
        """
        answer = partial(self._validated, value_set=value_set, on=on)
        if system is None:
            codings = list(codings)
            if codings and not isinstance(codings[0], Coding):
                raise TypeError("give Codings, or name the system of the codes: validate_codes(codes, system=...)")
            return answer(codings)
        from termbank.terminology.arrays import validate_array

        return validate_array(answer, codings, system)

    def subsumes(self, system: str, a: str, b: str, *, version: str | None = None) -> Subsumption:
        """Tell how code a stands to code b: subsumes, subsumed-by, equivalent or not-subsumed (FHIR $subsumes).

        Raises:
            UnknownVocabulary: there is no such system or version.
            UnknownConcept: one of the codes does not exist.
        """
        return self.terminology.subsumes(system, a, b, version)

    def validate_records(
        self,
        source: Path | str,
        profile: "Profile | Path | str",
        *,
        language: str = "sv",
        progress: Callable[[int], None] = lambda rows: None,
    ) -> "Summary":
        """Check a file of records against a profile; nothing is written.

        Arguments:
            source: a CSV or XLSX file.
            profile: a profile, or the path of one.
            language: of the texts: sv or en.
            progress: is told how many rows are done.

        Returns:
            What was found, in counts.

        Raises:
            FormatError: the file or the profile cannot be read.
        """
        return self._records(source, profile, None, None, language=language, progress=progress)

    def convert_records(
        self,
        source: Path | str,
        profile: "Profile | Path | str",
        output: Path | str,
        *,
        rejects: Path | str | None = None,
        language: str = "sv",
        progress: Callable[[int], None] = lambda rows: None,
    ) -> "Summary":
        """Check a file of records and write it converted; see `termbank.records.convert.run`.

        Arguments:
            source: a CSV or XLSX file.
            profile: a profile, or the path of one.
            output: where the converted file shall stand, in the same format.
            rejects: where the refused rows shall stand; None: beside the output, `NAME.rejects.csv`.
            language: of the reasons in the rejects: sv or en.
            progress: is told how many rows are done.

        Returns:
            What was done, in counts: rows in = rows out + rows rejected.

        Raises:
            FormatError: the file or the profile cannot be read.
            WriteError: an output cannot be written whole; nothing is left of it.
        """
        target = Path(output)
        refused = Path(rejects) if rejects else target.with_name(f"{target.stem}.rejects{target.suffix}")
        return self._records(source, profile, target, refused, language=language, progress=progress)

    def _records(
        self, source: Path | str, profile: "Profile | Path | str", *outputs: Path | None, **how: Any
    ) -> "Summary":
        from termbank.records import convert
        from termbank.records.profile import LoadedProfile

        with collector.paused():
            loaded = LoadedProfile.read(Path(profile)) if isinstance(profile, str | Path) else LoadedProfile(profile)
            vocabularies, mapping_sets, _ = loaded.lists(self.terminology.names.known_systems())
            bank = self.overlaid(vocabularies, mapping_sets) if vocabularies or mapping_sets else self
            return convert.run(bank.terminology, Path(source), loaded, *outputs, **how)


open = Bank.open

__all__: Sequence[str] = ["Bank", "Loaded", "open"]
