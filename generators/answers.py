"""A class's answers from a CSV file, as spreadsheets and learning platforms write them.

    student,q1,q2,q3,q4
    ada,B,28,A C,1 2; 3 4
    alan,C,,A,"[[1, 2], [3, 4]]"

The first line names the columns: one for the student, `q` and a number for each question, and `paper` where several
papers were written. Other columns are ignored. Commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252.
In a file of semicolons or tabs a comma within an answer is a decimal comma: 0,125.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LARGEST = 50_000_000
"""Bytes of a file."""
STUDENT = (
    "student", "student id", "studentid", "id", "roll", "roll no", "roll number", "registration", "matriculation",
    "login", "user", "username", "sis login id", "email", "e-mail", "email address", "name", "full name",
)  # fmt: skip
PAPER = ("paper", "form", "set")
_QUESTION = re.compile(r"(?:q|question|response|answer)\W{0,3}0*(\d{1,4})\.?|0*(\d{1,4})")


class AnswersError(ValueError):
    """The file cannot be read as answers. The message says where and what to do."""


@dataclass(frozen=True, slots=True)
class AnswersRow:
    """One line: who, which paper (empty: not said), and the answers by question, from 1."""

    line: int
    student: str
    paper: str
    answers: dict[int, str]


@dataclass(frozen=True, slots=True)
class AnswersProblem:
    """Something odd in the file. `left_out`: the line was not marked."""

    line: int
    text: str
    left_out: bool = False


@dataclass(slots=True)
class Answers:
    """The lines that count, one per student, in the file's order, and the problems of the others.

    `decimal_comma`: no comma separates the columns, so one within an answer is a decimal comma.
    """

    rows: list[AnswersRow] = field(default_factory=list)
    problems: list[AnswersProblem] = field(default_factory=list)
    decimal_comma: bool = False


@dataclass(slots=True)
class _Columns:
    student: int
    paper: int | None
    questions: dict[int, int]
    width: int


def read_answers(data: bytes, count: int) -> Answers:
    """The answers to a paper (or papers) of `count` questions.

    Raises:
        AnswersError: if this is no such file.
    """
    lines = _text(data).replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(lines)
    found = Answers(decimal_comma=separator != ",")
    records = _records(lines, separator)
    first = next(records, None)
    if first is None:
        raise AnswersError("the file is empty; its first line names the columns, as student,q1,q2,q3")
    columns = _columns(*first, count, found)
    latest: dict[str, AnswersRow] = {}
    for line, cells in records:
        row = _row(line, cells, columns, found)
        if row is None:
            continue
        if before := latest.pop(row.student, None):
            note = f"{row.student} stands in line {before.line} too; this later line counts"
            found.problems.append(AnswersProblem(line, note, left_out=False))
        latest[row.student] = row
    found.rows = list(latest.values())
    if not found.rows:
        raise AnswersError("no line has a student and can be marked" + _first(found.problems))
    return found


def _first(problems: list[AnswersProblem]) -> str:
    return f"; line {problems[0].line}: {problems[0].text}" if problems else ""


def _text(data: bytes) -> str:
    """Decoded; what is not UTF-8 is read as Windows-1252, in which every byte but five is a character."""
    if len(data) > LARGEST:
        raise AnswersError(f"the file is larger than {LARGEST // 1_000_000} MB")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\x00" in data or data.startswith(b"PK"):
        raise AnswersError("this is no CSV file; save the spreadsheet as CSV (UTF-8)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(lines: str) -> str:
    """What stands most often in the line that names the columns."""
    head = next((line for line in lines.split("\n") if line.strip()), "")
    return max(",;\t", key=head.count)


def _records(lines: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each record that is not empty."""
    start = 1
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as problem:
        raise AnswersError(f"line {start}: {problem}; is a quotation mark not closed?") from problem


def _columns(line: int, cells: list[str], count: int, found: Answers) -> _Columns:
    names = [" ".join(cell.lower().split()) for cell in cells]
    questions: dict[int, int] = {}
    for place, name in enumerate(names):
        if not (match := _QUESTION.fullmatch(name)):
            continue
        number = int(match[1] or match[2])
        if not 1 <= number <= count:
            note = f"column {cells[place].strip()}: the paper has questions 1 to {count}"
            found.problems.append(AnswersProblem(line, note))
        elif number in questions:
            found.problems.append(AnswersProblem(line, f"column {cells[place].strip()} comes twice; the first counts"))
        else:
            questions[number] = place
    if not questions:
        raise AnswersError(f"line {line} names no column q1, q2, …; it has to look like student,q1,q2,q3")
    if missing := [f"q{number}" for number in range(1, count + 1) if number not in questions]:
        shown = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
        found.problems.append(AnswersProblem(line, f"no column {shown}: blank for everybody"))
    paper = next((names.index(name) for name in PAPER if name in names), None)
    return _Columns(_student(line, names, questions, paper), paper, questions, len(cells))


def _student(line: int, names: list[str], questions: dict[int, int], paper: int | None) -> int:
    """The column with a usual name for students, or the first that is neither question nor paper."""
    for name in STUDENT:
        if name in names and names.index(name) not in questions.values():
            return names.index(name)
    others = [i for i in range(len(names)) if i not in questions.values() and i != paper and names[i]]
    if not others:
        raise AnswersError(f"line {line} has no column for the student; write one called student")
    return others[0]


def _row(line: int, cells: list[str], columns: _Columns, found: Answers) -> AnswersRow | None:
    if any(cell.strip() for cell in cells[columns.width :]):
        note = f'{len(cells)} cells for {columns.width} columns; answers that hold the separator need "quotation marks"'
        found.problems.append(AnswersProblem(line, note, left_out=True))
        return None
    cells = cells + [""] * (columns.width - len(cells))
    student = " ".join(cells[columns.student].split())
    if not student:
        found.problems.append(AnswersProblem(line, "no student", left_out=True))
        return None
    paper = "" if columns.paper is None else cells[columns.paper].strip()
    answers = {number: cells[place] for number, place in columns.questions.items() if cells[place].strip()}
    return AnswersRow(line, student, paper, answers)
