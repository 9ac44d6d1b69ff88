"""The profile of a batch: which column holds which system, and what to do with it."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeGuard

from pydantic import Discriminator, Field, Tag, ValidationError, field_validator, model_validator

from termbank.errors import FormatError, ProfileError, UnknownValueSet
from termbank.formats import sssom, toml, value_set_files
from termbank.formats.value_set_form import WrittenValueSet, problems, to_value_set
from termbank.model import Finding, KnownSystem, MappingSet, Relationship, ValueSet, Vocabulary
from termbank.model.base import Noun
from termbank.model.vocabulary import NotationVariant
from termbank.records.header import listed
from termbank.store.lists import new_system, read_list
from termbank.terminology.engine import Terminology
from termbank.terminology.refusal import Refusal
from termbank.terminology.value_sets import ValueSets

DATE_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%y%m%d")


class Input(Noun):
    """How the file is written.

    Arguments:
        encoding: auto, utf-8, utf-16 or windows-1252.
        separator: auto, or one of `;` `,` `|` and tab.
        sheet: name or number of the sheet, in an XLSX file.
        skip_rows: title rows above the header.
        stop_at: the data ends before the first row whose first cell begins with one of these (sum rows).
    """

    encoding: str = "auto"
    separator: str = "auto"
    sheet: str | int = 1
    skip_rows: int = Field(default=0, ge=0)
    stop_at: tuple[str, ...] = ()


class LocalVocabulary(Noun):
    """A code list of the user's own that comes with the profile.

    Arguments:
        file: a CSV file, beside the profile.
        id, version, title, valid_from, valid_to: as in `VocabularyInfo`.
        content: `fragment` where codes that are not in the list may still be right.
        columns: role to column name; see `termbank.formats.code_list`.
        notation: accepted variants of a code, where not those known of the system.
    """

    file: str
    id: str
    version: str = "1"
    title: str | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    content: Literal["complete", "fragment"] = "complete"
    columns: dict[str, str] = Field(default_factory=dict)
    notation: tuple[NotationVariant, ...] | None = None


class LocalMapping(Noun):
    """A mapping set of the user's own that comes with the profile: an SSSOM TSV file beside it."""

    file: str


class Translate(Noun):
    """What a column is translated to.

    Arguments:
        to: the system.
        into: the column for the code: a new one, or the column itself to replace it.
        title_into: a further column for its title.
        choose: where there are several: reject the row, take the first-by-confidence, or all of them.
        missing: where there is none: keep the code as it is, leave the cell empty, or reject the row.
        accept: relationships that count as a translation; others are as if there were none.
        separator: between several codes in one cell.
    """

    to: str
    into: str
    title_into: str | None = None
    choose: Literal["reject", "first-by-confidence", "all"] = "reject"
    missing: Literal["keep", "empty", "reject"] = "reject"
    accept: tuple[Relationship, ...] = ("equivalent", "source-is-narrower-than-target")
    separator: str = ", "


def _named_or_written(given: Any) -> str:
    return _WRITTEN if isinstance(given, dict | WrittenValueSet) else _NAMED


_NAMED, _WRITTEN = "<name>", "<table>"
NamedOrWritten = Annotated[
    Annotated[str, Tag(_NAMED)] | Annotated[WrittenValueSet, Tag(_WRITTEN)], Discriminator(_named_or_written)
]


class Column(Noun):
    """A column that holds codes.

    Arguments:
        name: the column's name in the header.
        system: the code system (id, `id|version`, URL or OID).
        version: its version; None: the one in force on the row's date, else the newest.
        date: the column whose date rules validity; None: the profile's.
        cell: what a cell holds: a code; `code-title`, a code followed by its title; or `codes`, several codes.
        separators: characters between several codes.
        title: a column with the code's title, to be compared.
        value_set: the value set that the codes must be in: a file beside the profile (`NAME.valueset.toml`, or FHIR's
            JSON or XML), the id or URL of one in the bank, or the value set itself as it is written in such a file.
        required: an empty cell rejects the row.
        invalid: what to do with a wrong code: reject the row, or keep it.
        undetermined: the same for a code that cannot be told right or wrong here.
        canonical: write codes in the form of the system.
        title_into: a new column for the code's title.
        translate: what to translate to.
    """

    name: str
    system: str
    version: str | None = None
    date: str | None = None
    cell: Literal["code", "code-title", "codes"] = "code"
    separators: str = ",;| "
    title: str | None = None
    value_set: NamedOrWritten | None = None
    required: bool = False
    invalid: Literal["reject", "keep"] = "reject"
    undetermined: Literal["reject", "keep"] = "keep"
    canonical: bool = True
    title_into: str | None = None
    translate: Translate | None = None


class Profile(Noun):
    """How a file of records is checked and converted; written as TOML.

    Arguments:
        profile: version of this format: 1.
        title: what the profile is for.
        date: the column whose date rules validity; None: no dates are checked, the newest versions apply.
        date_format: how dates are written, as in Python's strptime; None: 2026-03-01 or 20260301, with or without time.
        formulas: cells that begin like a formula get an apostrophe, or are kept.
        input: how the file is written.
        vocabularies, mappings: lists that come with the profile.
        columns: the columns with codes.
    """

    profile: Literal[1] = 1
    title: str = ""
    date: str | None = None
    date_format: str | None = None
    formulas: Literal["neutralise", "keep"] = "neutralise"
    input: Input = Input()
    vocabularies: tuple[LocalVocabulary, ...] = ()
    mappings: tuple[LocalMapping, ...] = ()
    columns: tuple[Column, ...] = Field(min_length=1)

    @field_validator("date_format")
    @classmethod
    def _is_a_format(cls, form: str | None) -> str | None:
        if form is not None and "%" not in form:
            raise ValueError(f"{form} has none of %Y, %m and %d; write it as in Python's strptime: %Y-%m-%d")
        return form

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        names = [column.name for column in self.columns]
        if len(set(names)) < len(names):
            raise ValueError("a column stands twice under columns")
        added = self.added()
        if len(set(added)) < len(added):
            raise ValueError("two columns are added under the same name")
        return self

    def added(self) -> list[str]:
        """Return the names of the columns that are added, in order."""
        names: list[str] = []
        for column in self.columns:
            if column.title_into:
                names.append(column.title_into)
            if column.translate:
                if column.translate.into != column.name:
                    names.append(column.translate.into)
                if column.translate.title_into:
                    names.append(column.translate.title_into)
        return names

    def needed(self) -> list[str]:
        """Return the columns of a file that are looked at."""
        named = [name for column in self.columns for name in (column.name, column.title) if name]
        replaced = [column.translate.into for column in self.columns if column.translate]
        return list(dict.fromkeys([*named, *replaced, *self.dates()]))

    def dates(self) -> list[str]:
        """Return the columns that hold dates which rule validity."""
        return list(dict.fromkeys(date for column in self.columns if (date := column.date or self.date)))


class LoadedProfile:
    """A profile with its place: knows its own lists, and the line of each key.

    Arguments:
        profile: the profile.
        path: the file it was read from; None: made in a program.
        lines: the line of each key.
    """

    def __init__(self, profile: Profile, path: Path | None = None, lines: dict[toml.Path_, int] | None = None) -> None:
        self.profile = profile
        self.path = path
        self._lines = lines or {}

    @classmethod
    def read(cls, path: Path) -> "LoadedProfile":
        """Read a profile from its TOML file.

        Raises:
            ProfileError: something in it is wrong; the text names file, line and key.
        """
        try:
            content, lines = toml.load(path)
        except FormatError as error:
            raise ProfileError(str(error)) from None
        try:
            return cls(Profile.model_validate(content), path, lines)
        except ValidationError as error:
            said = [{**each, "loc": _written_keys(each["loc"])} for each in error.errors()]
            real = [each for each in said if each["type"] != "too_short"]  # a wrong column makes too few of them
            raise ProfileError(
                "\n".join(toml.problem(path, lines, each, "a profile") for each in real or said)
            ) from None

    def files(self) -> list[Path]:
        """Return the files that the profile is made of: its own, and those of its lists."""
        if self.path is None:
            return []
        names = [each.file for each in self.profile.vocabularies] + [each.file for each in self.profile.mappings]
        names += [each.value_set for each in self.profile.columns if _is_file(each.value_set)]
        return [self.path, *(self.path.parent / name for name in names)]

    def wrong(self, message: str, *keys: str | int) -> ProfileError:
        """Return the error for something wrong under those keys."""
        return ProfileError(f"{toml.place(self.path, self._lines, keys, 'profile')}: {message}")

    def check_header(self, names: list[str]) -> None:
        """Check that the columns of the profile are in the header, and those added are not.

        Raises:
            ProfileError: one is wrong; the text names the line in the profile and the columns there are.
        """
        there = listed(names)
        if len(names) == 1:
            there += " (only one: see separator and skip_rows under [input])"
        if self.profile.date and self.profile.date not in names:
            raise self.wrong(f"there is no column {self.profile.date}; the columns are {there}", "date")
        for index, column in enumerate(self.profile.columns):
            for key in ("name", "date", "title"):
                wanted = getattr(column, key)
                if wanted and wanted not in names:
                    raise self.wrong(f"there is no column {wanted}; the columns are {there}", "columns", index, key)
        for index, column in enumerate(self.profile.columns):
            translate = column.translate
            added = [
                (column.title_into, ("title_into",)),
                (translate and translate.into, ("translate", "into")),
                (translate and translate.title_into, ("translate", "title_into")),
            ]
            for name, where in added:
                if name in names and not (where == ("translate", "into") and name == column.name):
                    message = f"the column {name} cannot be added, it is there already; choose another name"
                    raise self.wrong(message, "columns", index, *where)

    def check_systems(self, terminology: Terminology) -> None:
        """Check that the systems of the profile are known here: else every cell would be undetermined, or untranslated.

        Raises:
            ProfileError: one is not; the text names the line in the profile and the systems there are.
        """
        loaded = sorted({source.info.id for source in terminology.sources})
        headers = [header for source in terminology.mappings for header in source.mapping_sets()]
        mapped = {side for header in headers for side in (header.subject_source, header.object_source)}
        for index, column in enumerate(self.profile.columns):
            name = terminology.names.resolve(column.system)
            versions = [source.info.version for source in terminology.versions(column.system)]
            version = column.version or name.version
            if not versions:
                message = f"there is no system {column.system}; the systems are {', '.join(loaded)}"
                raise self.wrong(message, "columns", index, "system")
            if version and version not in versions:
                message = f"{name.id} is not here in version {version}; versions there are: {', '.join(versions)}"
                raise self.wrong(message, "columns", index, "version" if column.version else "system")
            to = terminology.names.resolve(column.translate.to).id if column.translate else None
            if to and to not in loaded and to not in mapped:
                message = f"there is no system {to}, and no mapping to it; the systems are {', '.join(loaded)}"
                raise self.wrong(message, "columns", index, "translate", "to")

    def value_sets(self, bank: ValueSets) -> dict[str, ValueSet]:
        """Return the value sets that columns must be in, by the names of the columns.

        Arguments:
            bank: the value sets of the bank, and of the profile's own lists.

        Raises:
            ProfileError: one is not there, cannot be used, or has nothing to do with its column's system; the text
                names the line in the profile.
            FormatError: a file with one is wrong.
        """
        found: dict[str, ValueSet] = {}
        for index, column in enumerate(self.profile.columns):
            given, keys = column.value_set, ("columns", index, "value_set")
            if given is None:
                continue
            try:
                value_set = self._value_set(given, column.name, keys, bank)
                covers = bank.members(value_set).covers(column.system)
            except (UnknownValueSet, Refusal) as error:
                raise self.wrong(str(error), *keys) from None
            if not covers:
                raise self.wrong(f"the value set {value_set.id} has no codes of {column.system}", *keys)
            found[column.name] = value_set
        return found

    def _value_set(
        self, given: str | WrittenValueSet, column: str, keys: tuple[str | int, ...], bank: ValueSets
    ) -> ValueSet:
        if isinstance(given, WrittenValueSet):
            for inside, finding in problems(given):
                raise self.wrong(finding.message("en"), *keys, *inside)
            return to_value_set(given, column)
        if not _is_file(given):
            return bank.find(given)
        base = self.path.parent if self.path else Path()
        return value_set_files.read(self._file(base, given, *keys))

    def lists(self, known: Iterable[KnownSystem] = ()) -> tuple[list[Vocabulary], list[MappingSet], list[Finding]]:
        """Read the lists and mapping sets that come with the profile.

        Arguments:
            known: systems whose names and notation are known.

        Returns:
            The vocabularies, the mapping sets, and what was found in them short of an error.

        Raises:
            FormatError: a file is missing or has an error; the text says where.
        """
        base = self.path.parent if self.path else Path()
        systems = {system.id: system for system in known}
        vocabularies, mapping_sets, findings = [], [], []
        for index, local in enumerate(self.profile.vocabularies):
            path = self._file(base, local.file, "vocabularies", index, "file")
            found = read_list(
                path,
                systems.get(local.id) or new_system(local.id),
                local.version,
                title=local.title,
                valid_from=local.valid_from,
                valid_to=local.valid_to,
                content=local.content,
                columns=local.columns,
                notation=local.notation,
            )
            findings.extend(found.findings)
            vocabularies.append(Vocabulary.model_validate({**dict(found.info), "concepts": found.concepts}))
        for index, mapping in enumerate(self.profile.mappings):
            mapping_set, refused, *_ = sssom.read(
                self._file(base, mapping.file, "mappings", index, "file"), systems.values()
            )
            mapping_sets.append(mapping_set)
            findings.extend(refused)
        for finding in findings:
            if finding.severity == "error":
                raise ProfileError(f"{finding.location}: {finding.message('en')}")
        return vocabularies, mapping_sets, findings

    def _file(self, base: Path, name: str, *keys: str | int) -> Path:
        path = base / name
        if not path.is_file():
            raise self.wrong(f"there is no file {path}", *keys)
        return path


def _written_keys(keys: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Return keys as they are written, without the names of alternatives."""
    return tuple(key for key in keys if key not in (_NAMED, _WRITTEN))


def _is_file(value_set: str | WrittenValueSet | None) -> TypeGuard[str]:
    """Tell whether a value set is named by its file; URLs and ids may end in the same way, but for the ://."""
    return isinstance(value_set, str) and value_set_files.is_file(value_set) and "://" not in value_set
