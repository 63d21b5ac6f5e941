"""`grade export moodle`: the CSV for Moodle's "Grades → Import → CSV file", with marks and feedback.

Moodle matches a student by one column and aborts the whole import where one student is not found
(`grade/import/csv/classes/load_data.php`), so every row has the same kind of identifier.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

from .marks import Mark
from .records import GradebookError, plain
from .sheet import TOTAL, MarkSheet, StudentMarks, guarded, written

IDENTIFIERS = {"email": "Email address", "moodle": "ID number", "login": "Username"}
NO_MARK = "-"  # Moodle reads this as no grade
USUAL_MOST = 100  # Moodle refuses larger grades unless its administrator allows them


def to_moodle(
    sheet: MarkSheet, columns: Mapping[str, str], by: str, messages: Callable[[Mark], list[str]]
) -> tuple[str, list[str]]:
    """The file, and what the instructor should know. `by` is the kind of id. Raises GradebookError."""
    sheet.check(columns)
    chosen = columns or {e: e if e == sheet.assignment else f"{sheet.assignment}: {e}" for e in sheet.possible}
    rows = [[IDENTIFIERS[by], *(guarded(t) for title in chosen.values() for t in (title, f"{title} (Feedback)"))]]
    known = [r for r in sheet.rows if _identifier(r, by)]
    if not known:
        kinds = ", ".join(IDENTIFIERS)
        raise GradebookError(f"no student has '{IDENTIFIERS[by]}'. A roster gives ids; --by takes {kinds}")
    for row in known:
        cells = (c for column in chosen for c in (_points(row, column), _feedback(row, column, messages)))
        rows.append([guarded(_identifier(row, by)), *cells])
    return written(rows), _notes(sheet, chosen, [r.key for r in sheet.rows if not _identifier(r, by)])


def _identifier(row: StudentMarks, by: str) -> str:
    """The id; for `email` also a key that is an e-mail address."""
    return row.ids.get(by, row.key if by == "email" and "@" in row.key[1:-1] else "")


def _points(row: StudentMarks, column: str) -> str:
    points = row.points(column)
    return NO_MARK if points is None else plain(points)


def _feedback(row: StudentMarks, column: str, messages: Callable[[Mark], list[str]]) -> str:
    """Escaped: Moodle shows feedback as HTML."""
    marks = row.marks.values() if column == TOTAL else [row.marks[column]]
    several = column == TOTAL and len(row.marks) > 1
    lines = [f"{m.exercise}: {line}" if several else line for m in marks for line in messages(m)]
    return guarded(html.escape("\n".join(lines), quote=False))


def _notes(sheet: MarkSheet, columns: Mapping[str, str], unknown: list[str]) -> list[str]:
    notes = [f"left out, as they have no id: {', '.join(unknown)}"] if unknown else []
    if large := [c for c in columns if sheet.worth(c) > USUAL_MOST]:
        notes.append(
            f"more than {USUAL_MOST} points ({', '.join(large)}): Moodle takes them only if its site allows it"
        )
    return notes
