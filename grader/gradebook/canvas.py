"""`grade export canvas`: the CSV that Canvas's gradebook imports.

What its importer expects (from its source, `lib/gradebook_importer.rb`): the five first columns by name and in this
order; an assignment's title ends with its id in parentheses, or a new assignment is made; a row "Points Possible"; a
student is found by Canvas id, else SIS id, else login, else by name; an empty cell erases the mark that is there; `EX`
excuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from .comparison import Changes, compare, points
from .delimited import POSSIBLE, guarded, written
from .platform_file import PlatformFile, Row
from .records import GradebookError, plain
from .selection import Completeness, doubts, left_out, select_rows
from .sheet import MarkSheet, StudentMarks, listed

FIRST = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
TITLE = re.compile(r".+ \(\d+\)")
CALCULATED = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")  # Canvas ignores these
HOW = "It is the header of the assignment's column in the file that Canvas's gradebook exports."
EXCUSED = "EX"
HIDDEN = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)  # cells of a row below the header


def to_canvas(sheet: MarkSheet, columns: Mapping[str, str]) -> tuple[str, list[str]]:
    """The file, and what the instructor should know: who is left out, who has no id. Raises GradebookError."""
    check(sheet, columns)
    selection = select_rows(sheet, columns, excuses=True)
    rows = [
        [*FIRST, *columns.values()],
        [f"    {POSSIBLE}", "", "", "", "", *(plain(sheet.worth(c)) for c in columns)],
    ]
    rows += [_row(row, columns) for row in selection.complete]
    return written(rows), [*_notes(sheet, columns, selection)]


def canvas_changes(sheet: MarkSheet, columns: Mapping[str, str], file: PlatformFile) -> Changes:
    """What changes the marks of Canvas's own export: its rows with a mark that is new or another one.

    Raises GradebookError.
    """
    check(sheet, columns)
    if not {"canvas", "section"} <= file.kinds.keys():
        raise GradebookError(f"{file.name} is not what Canvas's gradebook exports: it has no columns ID and Section")
    possible = [row for row in file.table.rows[1:] if POSSIBLE in row[0] and not row[file.kinds["canvas"]]]
    _check_possible(sheet, columns, file, possible)
    students = [r for r in file.table.rows[1:] if r not in possible and not all(map(HIDDEN.fullmatch, r))]
    comparison, compared, partial = compare(file, students, sheet, columns, cell)
    changed = [r for r in compared if r.changes]
    who, at = file.kinds["section"] + 1, [file.index(title) for title in columns.values()]
    rows = [[*row[:who], *(row[i] for i in at)] for row in (file.header, *possible)]
    rows += [[*map(_safe, r.row[:who]), *(c.new for c in r.cells)] for r in changed]
    notes = [*left_out("Canvas", partial), *doubts(sheet, columns, [r.student for r in changed])]
    return Changes(written(rows, file.table.delimiter), notes, comparison)


def _check_possible(sheet: MarkSheet, columns: Mapping[str, str], file: PlatformFile, rows: Sequence[Row]) -> None:
    """Raises GradebookError where an assignment is not worth the same in Canvas: marks of 20 are none of 100."""
    for (column, title), row in product(columns.items(), rows):
        there = row[file.index(title)]
        if points(there) not in (None, sheet.worth(column)):
            raise GradebookError(
                f"'{title}' is worth {there} points in Canvas, and {column} {plain(sheet.worth(column))} here: "
                "make them the same, there or with `grade assignment`"
            )


def check(sheet: MarkSheet, columns: Mapping[str, str]) -> None:
    """Raises GradebookError for what Canvas would take for something else."""
    if not columns:
        raise GradebookError(f"which Canvas assignment? --column 'total=TITLE (ID)', or one for each exercise. {HOW}")
    sheet.check(columns)
    for title in columns.values():
        if not TITLE.fullmatch(title) or CALCULATED.search(title):
            raise GradebookError(f"'{title}' does not name a Canvas assignment as in 'Homework 1 (4711)'. {HOW}")
    if len(set(columns.values())) < len(columns):
        raise GradebookError("two columns have the same Canvas assignment")


def cell(row: StudentMarks, column: str) -> str:
    """What Canvas is told of a mark; nothing where nothing is known."""
    return EXCUSED if row.is_excused(column) else plain(row.points(column))


def _row(row: StudentMarks, columns: Mapping[str, str]) -> list[str]:
    ids = (row.ids.get(kind, "") for kind in ("canvas", "sis", "login"))
    return [*map(_safe, (row.name or row.key, *ids, row.section)), *(cell(row, c) for c in columns)]


def _safe(text: str) -> str:
    """No formula, and not the words that Canvas looks for."""
    return guarded(text).replace(POSSIBLE, POSSIBLE.capitalize())


def _notes(sheet: MarkSheet, columns: Mapping[str, str], selection: Completeness) -> Iterator[str]:
    yield from left_out("Canvas", selection.partial, selection.empty)
    if unknown := [r for r in selection.complete if not {"canvas", "sis", "login"} & r.ids.keys()]:
        yield f"Canvas will look for these by name, as they have no id: {listed(unknown)}"
    yield from doubts(sheet, columns, selection.complete)
