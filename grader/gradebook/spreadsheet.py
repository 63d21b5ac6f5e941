"""`grade export csv` and `xlsx`: all that is known about the marks, for a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal

from ..moments import find_zone, in_zone
from .delimited import guarded, written
from .marks import Mark
from .records import plain
from .sheet import TOTAL, MarkSheet

PARTS = ("", "computed", "submitted", "due", "days late", "free days", "attempts")
WIDEST = 40  # characters of a column
Cell = str | int | Decimal | None


def to_csv(sheet: MarkSheet, *, anonymous: bool = False, comma: bool = False) -> str:
    """The table as text; with `comma`, numbers have a decimal comma and cells a semicolon between them."""
    sign = "," if comma else "."
    rows = [[_text(cell, sign) for cell in row] for row in _table(sheet, anonymous)]
    return written(rows, ";" if comma else ",")


def to_xlsx(sheet: MarkSheet, *, anonymous: bool = False) -> bytes:
    """The table as a workbook, in which numbers are numbers and text is never a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.title, page.freeze_panes = "marks", "B2"
    for n, row in enumerate(_table(sheet, anonymous), 1):
        for m, value in enumerate(row, 1):
            cell = page.cell(n, m, value)
            if isinstance(value, str):
                cell.data_type, cell.quotePrefix = "s", True  # openpyxl, and who edits the cell, would see a formula
            cell.font = Font(bold=n == 1)
    for m, column in enumerate(page.columns, 1):
        widest = max(len(str(cell.value)) for cell in column if cell.value is not None)
        page.column_dimensions[get_column_letter(m)].width = min(widest, WIDEST) + 2
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _table(sheet: MarkSheet, anonymous: bool) -> Iterator[Sequence[Cell]]:
    """For each exercise: the points that count and the computed ones, when it came and was due, days late and how many
    of them were free, attempts; then who is excused, and the total. What is not known is empty."""
    what = [f"{e} {part}".strip() for e in sheet.possible for part in PARTS]
    yield [*(["student"] if anonymous else ["student", "name", "section"]), *what, "excused", TOTAL]
    zone = find_zone(sheet.zone)
    for number, row in enumerate(sheet.unnamed() if anonymous else sheet.rows, 1):
        who: list[Cell] = [number] if anonymous else [row.key, row.name, row.section]
        excused = "yes" if any(mark.excused for mark in row.marks.values()) else ""
        yield [*who, *(cell for mark in row.marks.values() for cell in _cells(mark, zone)), excused, row.points(TOTAL)]


def _cells(mark: Mark, zone: tzinfo | None) -> Iterator[Cell]:
    """In the order of PARTS."""
    late = mark.late
    yield mark.points
    yield mark.computed
    yield _written(late.at, zone)
    yield _written(late.due.at, zone)
    yield late.days
    yield late.free if late.days else None
    yield mark.attempts


def _written(moment: datetime | None, zone: tzinfo | None) -> str:
    return in_zone(moment, zone).isoformat(sep=" ", timespec="seconds") if moment else ""


def _text(cell: Cell, sign: str) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    return plain(cell).replace(".", sign) if isinstance(cell, Decimal) else "" if cell is None else str(cell)
