"""The file that a platform itself exports: what its columns are, and whom each of its rows is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..clean import line
from .delimited import IDS, PARTICIPANT, Delimited, columns, full_name, participant, read_delimited
from .records import GradebookError, Person

Row = Sequence[str]


@dataclass(frozen=True)
class PlatformFile:
    """A file with a line for each student. `kinds` gives the number of a column by what is in it."""

    name: str
    table: Delimited
    kinds: Mapping[str, int]

    @property
    def header(self) -> Row:
        """The titles."""
        return self.table.rows[0]

    def person(self, row: Row) -> Person:
        """Who a row says it is about."""
        cell = {kind: text for kind, i in self.kinds.items() if i < len(row) and (text := line(row[i]))}
        return _person(cell)

    def index(self, title: str) -> int:
        """The number of the column with this title. Raises GradebookError."""
        if title not in self.header:
            raise GradebookError(f"{self.name} has no column '{title}'; it has: {', '.join(map(repr, self.header))}")
        return self.header.index(title)


def _person(cell: Mapping[str, str]) -> Person:
    """From cells by their kinds."""
    ids = {kind: cell[kind] for kind in IDS if kind in cell}
    if number := participant(cell):
        ids[PARTICIPANT] = number
    return Person("", full_name(cell), ids=ids)


def read_platform_file(path: Path) -> PlatformFile:
    """Read what a platform exported. Raises GraderError."""
    table = read_delimited(path)
    width = len(table.rows[0])
    if short := next((n for n, row in enumerate(table.rows, 1) if len(row) != width), None):
        raise GradebookError(f"{path}: row {short} has not {width} cells as the first; export it once more")
    return PlatformFile(path.name, table, columns(table.rows))
