"""`grade export canvas`: the CSV that Canvas's gradebook imports.

What its importer expects (from its source, `lib/gradebook_importer.rb`): the five first columns by name and in this
order; an assignment's title ends with its id in parentheses, or a new assignment is made; a row "Points Possible"; a
student is found by Canvas id, else SIS id, else login, else by name; an empty cell erases the mark that is there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .records import GradebookError, plain
from .sheet import MarkSheet, StudentMarks, guarded, written

FIRST = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
TITLE = re.compile(r".+ \(\d+\)")
CALCULATED = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")  # Canvas ignores these
HOW = "It is the header of the assignment's column in the file that Canvas's gradebook exports."


def to_canvas(sheet: MarkSheet, columns: Mapping[str, str]) -> tuple[str, list[str]]:
    """The file, and what the instructor should know: who is left out, who has no id. Raises GradebookError."""
    _check(sheet, columns)
    handed_in = [r for r in sheet.rows if any(r.points(c) is not None for c in columns)]
    rows = [
        [*FIRST, *columns.values()],
        ["    Points Possible", "", "", "", "", *(plain(sheet.worth(c)) for c in columns)],
    ]
    rows += [_row(row, list(columns)) for row in handed_in]
    return written(rows), _notes(sheet, handed_in)


def _check(sheet: MarkSheet, columns: Mapping[str, str]) -> None:
    if not columns:
        raise GradebookError(f"which Canvas assignment? --column 'total=TITLE (ID)', or one for each exercise. {HOW}")
    sheet.check(columns)
    for title in columns.values():
        if not TITLE.fullmatch(title) or CALCULATED.search(title):
            raise GradebookError(f"'{title}' does not name a Canvas assignment as in 'Homework 1 (4711)'. {HOW}")
    if len(set(columns.values())) < len(columns):
        raise GradebookError("two columns have the same Canvas assignment")


def _row(row: StudentMarks, columns: list[str]) -> list[str]:
    name = guarded(row.name or row.key).replace("Points Possible", "Points possible")  # Canvas looks for these words
    ids = (row.ids.get(kind, "") for kind in ("canvas", "sis", "login"))
    return [name, *map(guarded, ids), guarded(row.section), *(plain(row.points(c)) for c in columns)]


def _notes(sheet: MarkSheet, handed_in: list[StudentMarks]) -> list[str]:
    notes = []
    if left_out := len(sheet.rows) - len(handed_in):
        notes.append(f"{left_out} students without a mark were left out, so that Canvas keeps what it has")
    if unknown := [r.key for r in handed_in if not {"canvas", "sis", "login"} & r.ids.keys()]:
        notes.append(f"Canvas will look for these by name, as they have no id: {', '.join(unknown)}")
    return notes
