"""A review as a spreadsheet: one row a question, with drop-downs; colleagues decide there, and it is read back.

Who fills it in sees the code, what is to be decided on, and four cells to write in; the rest is locked, without a
password. Hidden beside stand a key, the state of the subject and what the four cells held, so that what is read back is
what a person changed, and only that (`review_sheet_reading`).
"""

import hashlib
import io
import json
from pathlib import Path
from typing import Any, NamedTuple

from termbank.files import AtomicFile
from termbank.formats.formulas import neutralise
from termbank.mapping.review.history import Key, key
from termbank.mapping.review.reviewing import Review, Topic
from termbank.mapping.review.words import DECISIONS, RELATIONSHIPS, WORDS, predicate, reason, standing, target, word
from termbank.model import Coding, Mapping, MappingSet

FORM = "1"
META, OPTIONS = "termbank", "termbank-options"
"""Hidden sheets: of which set the sheet is, and the candidates that can be chosen."""

INPUTS = ("decision", "object", "relationship", "comment")
HIDDEN = ("id", "state", "was")

HEADINGS: dict[str, tuple[str, str]] = {
    "code": ("Kod", "Code"),
    "title": ("Benämning", "Title"),
    "options": ("Att ta ställning till", "To decide on"),
    "decision": ("Beslut", "Decision"),
    "object": ("Motsvarighet", "Counterpart"),
    "relationship": ("Relation", "Relationship"),
    "comment": ("Kommentar", "Comment"),
    "standing": ("Läge", "Standing"),
    "id": ("termbank-id", "termbank-id"),
    "state": ("termbank-state", "termbank-state"),
    "was": ("termbank-was", "termbank-was"),
}
"""The columns in their order; by these words they are found again, wherever they stand."""

_WIDTHS = {"code": 14, "title": 34, "options": 58, "decision": 19, "object": 36, "relationship": 17, "comment": 34,
           "standing": 22}  # fmt: skip
_NAMES = {"review": ("Granskning", "Review"), "help": ("Läs mig", "Read me")}
CELL = 32_000
"""How much text a cell is given; Excel takes a little more."""

_HELP: tuple[tuple[str, str], ...] = (
    ("Så här gör du", "How to"),
    ("Skriv bara i de gula cellerna. Det du inte ändrar lämnas som det är.",
     "Write in the yellow cells only. What you do not change is left as it is."),
    ("Beslut: godta om relationen till koden under Motsvarighet stämmer; avvisa om den inte gör det; ingen "
     "motsvarighet om du har letat och inget passar; ångra tar tillbaka det senaste beslutet.",
     "Decision: accept if the relationship to the code under Counterpart holds; reject if it does not; no counterpart "
     "if you have looked and nothing fits; undo takes the last decision back."),
    ("Motsvarighet: välj ett annat förslag i listan, eller skriv en kod som finns i kodverket.",
     "Counterpart: choose another candidate from the list, or write a code that is in the code system."),
    ("Relation: läs från raden till motsvarigheten. Målet är vidare: motsvarigheten omfattar mer.",
     "Relationship: read from the row to the counterpart. Target is broader: the counterpart covers more."),
    ("Kommentar: skälet, för den som läser beslutet om ett år.",
     "Comment: the reason, for whoever reads the decision in a year."),
    ("Rader får filtreras, flyttas och tas bort. För att sortera: ta bort bladets skydd (inget lösenord behövs).",
     "Rows may be filtered, moved and deleted. To sort: unprotect the sheet (there is no password)."),
    ("Läs in: termbank map review FIL --apply BLAD.xlsx --as NAMN",
     "Read it in: termbank map review FILE --apply SHEET.xlsx --as NAME"),
)  # fmt: skip


class Question(NamedTuple):
    """One row of a sheet: what is asked about a subject.

    Arguments:
        id: what the row is known by.
        topic: the subject.
        row: the statement that is asked about; None: which of the candidates.
    """

    id: str
    topic: Topic
    row: Mapping | None

    @property
    def option(self) -> Mapping | None:
        """What the row proposes."""
        return self.row or next(iter(self.topic.candidates), None)


def set_name(mapping_set: MappingSet) -> str:
    """Return what a sheet knows its set by."""
    return mapping_set.url or f"urn:termbank:mappings:{mapping_set.id}"


def subject_id(name: str, subject: Key) -> str:
    """Return what the rows of a subject are known by in the sheets of a set."""
    return hashlib.sha256("\0".join((name, *subject)).encode("utf-8", "replace")).hexdigest()[:16]


def questions(topic: Topic, name: str) -> list[Question]:
    """Return what is asked about a subject, the same whatever the order of the set."""
    asked = [row for row in topic.rows if row in topic.statements or row.reviewer is not None]
    mark = subject_id(name, key(topic.subject))
    found = [Question(f"{mark}:{place}", topic, row) for place, row in enumerate(sorted(asked, key=_essence), start=1)]
    if not topic.answered and not topic.statements and (topic.candidates or not found):
        found.append(Question(f"{mark}:0", topic, None))
    return found


def _essence(row: Mapping) -> str:
    other = key(row.object) if row.object else None
    said = [other, row.predicate, row.negated, row.reviewer, row.author, str(row.date), row.comment, row.rule]
    return json.dumps(said, ensure_ascii=False)


def state(topic: Topic) -> str:
    """Return a digest of what is stated and decided about a subject."""
    rows = sorted(_essence(row) for row in topic.rows)
    return hashlib.sha256("\n".join(rows).encode("utf-8", "replace")).hexdigest()[:16]


def cells(question: Question, language: str) -> dict[str, str]:
    """Return what the input cells of a row hold when it is written."""
    row, option = question.row, question.option
    decided = None
    if row is not None and row.reviewer is not None:
        decided = "none" if row.object is None else "reject" if row.negated else "accept"
    return {
        "decision": word(DECISIONS, decided, language) if decided else "",
        "object": label(option, language) if option is not None and option.object is not None else "",
        "relationship": word(RELATIONSHIPS, option.predicate, language) if option and option.object else "",
        "comment": "",
    }


def label(option: Mapping, language: str) -> str:
    """Return a candidate as the drop-down shows it."""
    return neutralise(target(option, language)[:250])


def _told(question: Question, language: str) -> str:
    """Return what there is to decide on, as text."""
    if question.row is not None:
        return _line(question.row, language)
    lines = [f"{n}. {_line(each, language)}" for n, each in enumerate(question.topic.candidates, start=1)]
    return "\n".join(lines)


def _line(option: Mapping, language: str) -> str:
    sure = "" if option.confidence is None else f", {option.confidence:.2g}"
    sure = sure.replace(".", ",") if language == "sv" else sure
    said = target(option, language)
    said = said if option.object is None else f"{said} – {predicate(option, language)}{sure}"
    why = reason(option)
    return f"{said}\n   {why}" if why else said


def write(review: Review, path: Path, language: str = "sv", *, open_only: bool = False) -> int:
    """Write a review as XLSX; the file appears when it is whole.

    Arguments:
        review: the review.
        path: the file.
        language: of headings and drop-downs.
        open_only: leave out what is decided.

    Returns:
        How many rows it has.

    Raises:
        WriteError: the file cannot be written.
    """
    import xlsxwriter

    name = set_name(review.mapping_set)
    asked = [
        question
        for topic in review
        for question in questions(topic, name)
        if not open_only or (question.row is None or question.row.reviewer is None)
    ]
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        _Sheet(book, language).write(asked, name)
    with AtomicFile(path) as file:
        file.write(buffer.getvalue())
        file.commit()
    return len(asked)


class _Sheet:
    """Puts the questions into a workbook."""

    def __init__(self, book: Any, language: str) -> None:
        self._book, self._language = book, language
        plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D0D0", "font_size": 10}
        self._plain = book.add_format({**plain, "num_format": "@"})
        self._input = book.add_format({**plain, "num_format": "@", "bg_color": "#FFF8DC", "locked": False})
        self._head = book.add_format({**plain, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"})
        self._places = {column: place for place, column in enumerate(HEADINGS)}

    def write(self, asked: list[Question], name: str) -> None:
        """Write all sheets."""
        sheet = self._book.add_worksheet(word(_NAMES, "review", self._language))
        self._write_help(self._book.add_worksheet(word(_NAMES, "help", self._language)))
        meta, options = self._book.add_worksheet(META), self._book.add_worksheet(OPTIONS)
        for line, (field, value) in enumerate((("form", FORM), ("set", name), ("language", self._language))):
            meta.write_string(line, 0, field)
            meta.write_string(line, 1, value)
        words = [word(RELATIONSHIPS, each, self._language) for each in RELATIONSHIPS]
        for line, said in enumerate(words):
            meta.write_string(line, 3, said)
        for hidden in (meta, options):
            hidden.hide()
        for column, place in self._places.items():
            sheet.write_string(0, place, word(HEADINGS, column, self._language), self._head)
            sheet.set_column(place, place, _WIDTHS.get(column, 8), None, {"hidden": column in HIDDEN})
        offered = 0
        for line, question in enumerate(asked, start=1):
            self._row(sheet, line, question)
            first = offered
            for each in _choices(question):
                options.write_string(offered, 0, question.id)
                options.write_string(offered, 1, label(each, self._language))
                options.write_string(offered, 2, _stored(each))
                offered += 1
            if offered == first:
                options.write_string(offered, 0, question.id)
                offered += 1
            else:
                self._list(sheet, line, "object", f"='{OPTIONS}'!$B${first + 1}:$B${offered}")
        if asked:
            self._lists(sheet, len(asked), len(words))
        self._dress(sheet, len(asked))

    def _row(self, sheet: Any, line: int, question: Question) -> None:
        subject, filled = question.topic.subject, cells(question, self._language)
        shown = {
            "code": subject.code[:CELL] if subject.display != subject.code else "",
            "title": (subject.display or "")[:CELL],
            "options": _told(question, self._language)[:CELL],
            "standing": _standing(question, self._language),
        }
        hidden = {
            "id": question.id,
            "state": state(question.topic),
            "was": json.dumps([filled[each] for each in INPUTS], ensure_ascii=False),
        }
        for column, text in {**shown, **filled, **hidden}.items():
            form = self._input if column in INPUTS else self._plain
            said = text if column in (*INPUTS, *HIDDEN) else neutralise(text)
            if said:
                sheet.write_string(line, self._places[column], said, form)
            else:
                sheet.write_blank(line, self._places[column], None, form)

    def _list(self, sheet: Any, line: int, column: str, source: str, last: int | None = None) -> None:
        place = self._places[column]
        rule = {"validate": "list", "source": source, "show_error": False, "ignore_blank": True}
        sheet.data_validation(line, place, last or line, place, rule)

    def _lists(self, sheet: Any, last: int, words: int) -> None:
        place = self._places["decision"]
        said = [word(DECISIONS, each, self._language) for each in DECISIONS]
        sheet.data_validation(1, place, last, place, {"validate": "list", "source": said, "ignore_blank": True})
        self._list(sheet, 1, "relationship", f"='{META}'!$D$1:$D${words}", last)
        cell = f"${chr(65 + place)}2"
        colours = {"accept": "#E2F0D9", "none": "#E2F0D9", "reject": "#FBE5D6"}
        for action, colour in colours.items():
            tint = self._book.add_format({"bg_color": colour})
            criteria = f'={cell}="{word(DECISIONS, action, self._language)}"'
            sheet.conditional_format(1, 0, last, self._places["standing"], {
                "type": "formula", "criteria": criteria, "format": tint,
            })  # fmt: skip

    def _dress(self, sheet: Any, rows: int) -> None:
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(rows, 1), self._places["standing"])
        allowed = ("autofilter", "sort", "format_columns", "format_rows", "delete_rows")
        sheet.protect("", dict.fromkeys(allowed, True))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, max(rows, 1), self._places["standing"])

    def _write_help(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 100)
        wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        bold = self._book.add_format({"bold": True, "font_size": 13})
        for line, (swedish, english) in enumerate(_HELP):
            sheet.write_string(line, 0, swedish if self._language == "sv" else english, wrapped if line else bold)


def _choices(question: Question) -> list[Mapping]:
    """Return what the drop-down of a row offers: what it proposes, then the candidates."""
    offered = [question.row] if question.row is not None and question.row.object is not None else []
    known = {key(each.object) for each in offered if each.object}
    return offered + [each for each in question.topic.candidates if each.object and key(each.object) not in known]


def _stored(option: Mapping) -> str:
    """Return a candidate as the hidden sheet keeps it: without its subject, and without a text that is too long."""
    option = option.model_copy(update={"subject": Coding(system="", code="")})
    text = option.to_json()
    return text if len(text) <= CELL else option.model_copy(update={"comment": None, "extra": None}).to_json()


def _standing(question: Question, language: str) -> str:
    """Return how a row stands, and what a new edition of a code list changed."""
    now = standing(question.row, language) if question.row is not None else word(WORDS, "open", language)
    last = question.topic.history[-1] if question.topic.history else None
    changed = last is not None and last.action == "reapply" and question.topic.is_open
    return f"{now}\n{last.note}" if changed and last is not None and last.note else now
