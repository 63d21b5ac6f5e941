"""`grade export moodle`: the CSV for Moodle's "Grades → Import → CSV file", with marks and feedback.

Moodle matches a student by one column and aborts the whole import where one student is not found
(`grade/import/csv/classes/load_data.php`), so every row has the same kind of identifier. It takes an empty cell and `-`
alike for no grade, and erases the one that is there: there is neither. Empty feedback would erase feedback.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Iterator, Mapping

from .delimited import guarded, written
from .marks import Mark
from .records import GradebookError, plain
from .selection import Completeness, doubts, left_out, select_rows
from .sheet import TOTAL, MarkSheet, StudentMarks, listed

IDENTIFIERS = {"email": "Email address", "moodle": "ID number", "login": "Username"}
USUAL_MOST = 100  # Moodle refuses larger grades unless its administrator allows them

Messages = Callable[[Mark], list[str]]


def to_moodle(sheet: MarkSheet, columns: Mapping[str, str], by: str, messages: Messages) -> tuple[str, list[str]]:
    """The file, and what the instructor should know. `by` is the kind of id. Raises GradebookError."""
    sheet.check(columns)
    chosen = columns or {e: e if e == sheet.assignment else f"{sheet.assignment}: {e}" for e in sheet.possible}
    rows = [[IDENTIFIERS[by], *(guarded(t) for title in chosen.values() for t in (title, f"{title} (Feedback)"))]]
    if not any(_identifier(r, by) for r in sheet.rows):
        kinds = ", ".join(IDENTIFIERS)
        raise GradebookError(
            f"no student has '{IDENTIFIERS[by]}'. A roster gives ids; --by takes {kinds}, and "
            "--against Moodle's grading worksheet"
        )
    selection = select_rows(sheet, chosen, excuses=False)
    for row in selection.complete:
        if identifier := _identifier(row, by):
            cells = (c for column in chosen for c in (told(row, column), feedback(row, column, messages)))
            rows.append([guarded(identifier), *cells])
    return written(rows), [*_notes(sheet, chosen, selection, by)]


def told(row: StudentMarks, column: str) -> str:
    """What Moodle is told of a mark; nothing of who is excused, for which it has no cell."""
    return plain(row.points(column))


def _identifier(row: StudentMarks, by: str) -> str:
    """The id; for `email` also a key that is an e-mail address."""
    return row.ids.get(by, row.key if by == "email" and "@" in row.key[1:-1] else "")


def feedback(row: StudentMarks, column: str, messages: Messages) -> str:
    """What the student reads. Escaped: Moodle shows feedback as HTML."""
    marks = row.marks.values() if column == TOTAL else [row.marks[column]]
    several = column == TOTAL and len(row.marks) > 1
    lines = [f"{m.exercise}: {line}" if several else line for m in marks for line in messages(m)]
    return guarded(html.escape("\n".join(lines), quote=False))


def excuses(rows: Collection[StudentMarks]) -> Iterator[str]:
    """A note on who is excused."""
    if rows:
        yield f"excused, for which Moodle has no mark; it keeps what it has: {listed(rows)}"


def _notes(sheet: MarkSheet, columns: Mapping[str, str], selection: Completeness, by: str) -> Iterator[str]:
    if unknown := [r for r in sheet.rows if not _identifier(r, by)]:
        yield f"left out, as they have no id: {listed(unknown)}"
    excused = [r for r in sheet.rows if any(map(r.is_excused, columns))]
    yield from excuses(excused)
    partial, empty = ([r for r in rows if r not in excused] for rows in (selection.partial, selection.empty))
    yield from left_out("Moodle", partial, empty)
    if large := [c for c in columns if sheet.worth(c) > USUAL_MOST]:
        yield f"more than {USUAL_MOST} points ({', '.join(large)}): Moodle takes them only if its site allows it"
    yield from doubts(sheet, columns, selection.complete)
