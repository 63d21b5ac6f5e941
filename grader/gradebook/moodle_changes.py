"""`grade export moodle --against`: what changes the marks of the file that Moodle's gradebook itself exports.

Only rows with a change are written: a mark that was imported can no longer be changed in its assignment. Feedback is
there only where the file shows what Moodle has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .beside import Beside
from .comparison import Changes, ComparedRow, compare
from .delimited import guarded, written
from .moodle import IDENTIFIERS, excuses, told
from .platform_file import PlatformFile
from .records import GradebookError
from .selection import doubts, left_out
from .sheet import MarkSheet

SUFFIX = re.compile(r" \([^()]*\)$")  # of a title in Moodle's export: " (Real)"


def moodle_changes(
    sheet: MarkSheet, columns: Mapping[str, str], by: str, beside: Beside, file: PlatformFile
) -> Changes:
    """The rows with a mark that is new or another one. `by` is the kind of id. Raises GradebookError."""
    sheet.check(columns)
    if by not in file.kinds:
        raise GradebookError(f"{file.name} has no column '{IDENTIFIERS[by]}': --by takes {', '.join(IDENTIFIERS)}")
    titles = _titles(columns, file)
    comparison, compared, partial = compare(file, file.table.rows[1:], sheet, titles, told)
    changed = [r for r in compared if r.changes]
    remarks = {c: t for c, t in _remarks(titles).items() if t in file.header}
    header = [file.header[file.kinds[by]], *(t for c in titles for t in (titles[c], remarks.get(c)) if t is not None)]
    rows = [header, *(_row(r, titles, remarks, by, beside, file) for r in changed)]
    excused = [r for r in sheet.rows if any(map(r.is_excused, titles))]
    there = [(r.student, c, r.row[file.index(t)]) for r in changed for c, t in remarks.items()]
    notes = [*left_out("Moodle", partial), *beside.notes(there), *excuses(excused)]
    if len(remarks) < len(titles):
        notes.append(f"no feedback, as {file.name} does not show what Moodle has: export it from there with feedback")
    return Changes(
        written(rows, file.table.delimiter), [*notes, *doubts(sheet, titles, [r.student for r in changed])], comparison
    )


def _titles(columns: Mapping[str, str], file: PlatformFile) -> dict[str, str]:
    """Our columns → the file's titles; ` (Real)` at their end may be left out. Raises GradebookError."""
    short = {SUFFIX.sub("", title): title for title in reversed(file.header) if SUFFIX.search(title)}
    found = {c: title if title in file.header else short.get(title, title) for c, title in columns.items()}
    if not found:
        there = ", ".join(short or file.header)
        raise GradebookError(f"which column of {file.name}? --column 'EXERCISE=TITLE'; it has: {there}")
    for title in found.values():
        file.index(title)
    return found


def _remarks(titles: Mapping[str, str]) -> dict[str, str]:
    """Our columns → the title that Moodle's feedback has beside them."""
    return {c: f"{SUFFIX.sub('', t)} (Feedback)" for c, t in titles.items()}


def _row(
    row: ComparedRow,
    titles: Mapping[str, str],
    remarks: Mapping[str, str],
    by: str,
    beside: Beside,
    file: PlatformFile,
) -> list[str]:
    found = [guarded(row.row[file.kinds[by]])]
    if not found[0]:
        raise GradebookError(f"{file.name} has no '{file.header[file.kinds[by]]}' for {row.student.shown}: see --by")
    for column, cell in zip(titles, row.cells, strict=True):
        found.append(cell.new)
        if column in remarks:
            found.append(beside.cell(row.student, column, row.row[file.index(remarks[column])]))
    return found
