"""Moodle's offline grading worksheet, filled in: `grade export moodle --against worksheet.csv`.

Moodle (`mod/assign/feedback/offline`) finds a student by the number in the first column, takes no grade that is newer
there than "Last modified (grade)" says, and takes an empty comment for a comment to be erased: every row is kept, with
all its cells but the grade and the comment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from .beside import Beside
from .comparison import Changes, ComparedRow, compare, points
from .delimited import NUMBERED, PARTICIPANT, guarded, written
from .moodle import excuses, told
from .platform_file import PlatformFile, Row
from .records import GradebookError, plain
from .selection import doubts
from .sheet import TOTAL, MarkSheet, listed

GRADE = ("grade", "bewertung")
MOST = ("maximum grade", "bestwertung")
SCALE = ("scale", "skala")
COMMENT = ("feedback comments", "feedback als kommentar")
OPEN = ("grade can be changed", "bewertung kann geändert werden")
CLOSED = ("no", "nein")


def is_worksheet(file: PlatformFile) -> bool:
    """Every row begins with a participant's number."""
    return len(file.table.rows) > 1 and all(NUMBERED.fullmatch(row[0].strip()) for row in file.table.rows[1:])


def fill_worksheet(sheet: MarkSheet, columns: Mapping[str, str], beside: Beside, file: PlatformFile) -> Changes:
    """The worksheet with the marks and the feedback of one exercise, or of all. Raises GradebookError."""
    sheet.check(columns)
    file = replace(file, kinds={**file.kinds, PARTICIPANT: 0})
    column, title = _column(sheet, columns, file)
    _check_worth(sheet, column, file)
    comparison, compared, _ = compare(file, file.table.rows[1:], sheet, {column: title}, told)
    comment = _at(file, COMMENT)
    ours = {r.row[0]: r for r in compared}
    rows = [_filled(row, ours.get(row[0]), column, file.index(title), comment, beside) for row in file.table.rows[1:]]
    there = [(r.student, column, r.row[comment]) for r in compared] if comment is not None else []
    notes = [*excuses([r for r in sheet.rows if r.is_excused(column)]), *beside.notes(there)]
    notes += [*_closed(file, compared), *doubts(sheet, [column], [r.student for r in compared if r.changes])]
    return Changes(written([file.header, *rows], file.table.delimiter), notes, comparison)


def _column(sheet: MarkSheet, columns: Mapping[str, str], file: PlatformFile) -> tuple[str, str]:
    """Our column and the worksheet's. Raises GradebookError."""
    if len(columns) > 1:
        raise GradebookError(f"{file.name} has one grade for each student: one --column, as total=Grade")
    if columns:
        ((column, title),) = columns.items()
        file.index(title)
        return column, title
    grade = _at(file, GRADE)
    if grade is None:
        raise GradebookError(
            f"which column of {file.name} is the grade? --column total=TITLE: {', '.join(file.header)}"
        )
    return (next(iter(sheet.possible)) if len(sheet.possible) == 1 else TOTAL), file.header[grade]


def _check_worth(sheet: MarkSheet, column: str, file: PlatformFile) -> None:
    """Raises GradebookError where Moodle's grade is on a scale, or not worth the same."""
    most = _at(file, MOST)
    if most is None and _at(file, SCALE) is not None:
        raise GradebookError(f"{file.name} is graded on a scale, and marks are points: change that in Moodle")
    for there in {row[most] for row in file.table.rows[1:]} if most is not None else ():
        if points(there.strip()) not in (None, sheet.worth(column)):
            raise GradebookError(
                f"the most that Moodle gives is {there}, and {column} is worth {plain(sheet.worth(column))} here: "
                "make them the same, there or with `grade assignment`"
            )


def _at(file: PlatformFile, titles: Collection[str]) -> int | None:
    """The number of the column with one of these titles, in any case."""
    return next((n for n, title in enumerate(file.header) if title.strip().lower() in titles), None)


def _filled(
    row: Row, compared: ComparedRow | None, column: str, grade: int, comment: int | None, beside: Beside
) -> list[str]:
    cells = [cell if n in (0, grade, comment) or cell == "-" else guarded(cell) for n, cell in enumerate(row)]
    if compared is not None:
        cells[grade] = compared.cells[0].new if compared.changes else row[grade]
        if comment is not None:
            cells[comment] = beside.cell(compared.student, column, row[comment])
    return cells


def _closed(file: PlatformFile, rows: Sequence[ComparedRow]) -> Iterator[str]:
    """Who has a mark that Moodle does not let change."""
    can = _at(file, OPEN)
    closed = [r.student for r in rows if can is not None and r.changes and r.row[can].strip().lower() in CLOSED]
    if closed:
        yield f"locked in Moodle, which will not take another mark: {listed(closed)}"
