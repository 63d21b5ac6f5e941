"""What an export would change of what a platform has: told before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from .delimited import TEST_STUDENT
from .owners import owners
from .platform_file import PlatformFile, Row
from .records import GradebookError
from .sheet import MarkSheet, StudentMarks

POINTS = re.compile(r"-?\d+([.,]\d+)?")
EMPTY = ("", "-")


class Fate(StrEnum):
    """What becomes of a platform's mark."""

    NEW = "new"  # there was none
    CHANGED = "changed"
    ERASED = "erased"  # points are taken away by what nobody graded
    KEPT = "kept"  # there is something that is no points
    SAME = "the same"


@dataclass(frozen=True)
class SettledCell:
    """One mark: whose, in which column of the platform, what it was, what is written, and what that does."""

    who: str
    column: str
    old: str
    new: str
    fate: Fate


@dataclass(frozen=True)
class Comparison:
    """All cells of an export beside those of the platform's file `where`, who is only in one of the two, and whom
    nothing but a name speaks for."""

    where: str
    cells: Sequence[SettledCell]
    only_there: Sequence[str]
    only_here: Sequence[str]
    by_name: Sequence[str] = ()

    def of(self, *fates: Fate) -> list[SettledCell]:
        """The cells with this fate."""
        return [c for c in self.cells if c.fate in fates]

    def refuse_erasing(self) -> None:
        """Raises GradebookError if the platform would lose points that were given there and not here."""
        if lost := self.of(Fate.ERASED):
            some = ", ".join(f"{c.who} {c.old} → {c.new}" for c in lost[:5])
            raise GradebookError(
                f"nothing is written: it would erase {len(lost)} marks of {self.where} for work that was not graded "
                f"here ({some}{', …' if len(lost) > 5 else ''}). Without --missing 0 they stay; `grade override` sets "
                "points"
            )


@dataclass(frozen=True)
class ComparedRow:
    """A student's row of the platform's file, and what is settled for each of our columns."""

    row: Row
    student: StudentMarks
    cells: Sequence[SettledCell]

    @property
    def changes(self) -> bool:
        """Whether the platform would have anything else than it has."""
        return any(c.fate not in (Fate.SAME, Fate.KEPT) for c in self.cells)

    @property
    def gaps(self) -> bool:
        """Whether there would be an empty cell, which a platform may take for something to erase."""
        return any(c.new in EMPTY for c in self.cells)


class Changes(NamedTuple):
    """A file that changes what a platform has, what the instructor should know, and what it would change."""

    text: str
    notes: list[str]
    comparison: Comparison


def compare(
    file: PlatformFile,
    rows: Sequence[Row],
    sheet: MarkSheet,
    titles: Mapping[str, str],
    told: Callable[[StudentMarks, str], str],
) -> tuple[Comparison, list[ComparedRow], list[StudentMarks]]:
    """The comparison, its rows, and the students whom a file of these columns cannot hold without an empty cell.

    `titles` are the platform's, by ours; `told` gives what it is told of a mark. Raises GradebookError.
    """
    at = {column: file.index(title) for column, title in titles.items()}
    found = owners(file, rows, sheet)
    compared = [
        ComparedRow(row, who, [settle(who, c, titles[c], row[at[c]], told(who, c)) for c in titles])
        for row, who in zip(rows, found.students, strict=True)
        if who is not None
    ]
    compared = _with_comma(file, compared)
    partial = [r.student for r in compared if r.changes and r.gaps]
    whole = [r for r in compared if not (r.changes and r.gaps)]
    there = {who.key for who in found.students if who is not None}
    strangers = [file.person(row).name or row[0] for row, who in zip(rows, found.students, strict=True) if who is None]
    comparison = Comparison(
        file.name,
        cells=[cell for r in whole for cell in r.cells],
        only_there=[name for name in strangers if name != TEST_STUDENT],
        only_here=[r.shown for r in sheet.rows if r.key not in there and any(told(r, c) for c in titles)],
        by_name=[r.student.shown for r in whole if r.student.key in found.by_name and r.changes],
    )
    return comparison, whole, partial


def _with_comma(file: PlatformFile, rows: list[ComparedRow]) -> list[ComparedRow]:
    """The rows with the file's own decimal sign, if that is a comma."""
    marks = [c.old for r in rows for c in r.cells if points(c.old) is not None]
    if not (any("," in m for m in marks) or (file.table.delimiter == ";" and not any("." in m for m in marks))):
        return rows
    return [replace(r, cells=[replace(c, new=_localised(c)) for c in r.cells]) for r in rows]


def _localised(cell: SettledCell) -> str:
    return cell.new.replace(".", ",") if cell.new != cell.old and points(cell.new) is not None else cell.new


def points(cell: str) -> Decimal | None:
    """The number in a platform's cell, with a decimal point or comma; None for anything else."""
    return Decimal(cell.replace(",", ".")) if POINTS.fullmatch(cell) else None


def settle(row: StudentMarks, column: str, title: str, old: str, new: str) -> SettledCell:
    """What is written for a student's mark, beside the platform's cell `old`; `new` is empty where nothing is known."""
    cell, fate = _settled(old.strip(), new, row.is_graded(column))
    return SettledCell(row.shown, title, old.strip(), cell, fate)


def _settled(old: str, new: str, graded: bool) -> tuple[str, Fate]:
    before, after = points(old), points(new)
    if not new or old.casefold() == new.casefold() or (before is not None and before == after):
        return old, Fate.SAME
    if old in EMPTY:
        return new, Fate.NEW
    if before is None:
        return old, Fate.KEPT
    if after is not None and after < before and not graded:
        return new, Fate.ERASED
    return new, Fate.CHANGED
