"""The file that a platform itself exports: what its columns are, and whom each of its rows is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .delimited import Delimited, cells_of, columns, full_name, ids_of, read_delimited
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
        cell = cells_of(row, self.kinds)
        return Person("", full_name(cell), ids=ids_of(cell))

    def index(self, title: str) -> int:
        """The number of the column with this title. Raises GradebookError."""
        if title not in self.header:
            raise GradebookError(f"{self.name} has no column '{title}'; it has: {', '.join(map(repr, self.header))}")
        return self.header.index(title)


def read_platform_file(path: Path) -> PlatformFile:
    """Read what a platform exported. Raises GraderError."""
    table = read_delimited(path)
    width = len(table.rows[0])
    if short := next((n for n, row in enumerate(table.rows, 1) if len(row) != width), None):
        raise GradebookError(f"{path}: row {short} has not {width} cells as the first; export it once more")
    return PlatformFile(path.name, table, columns(table.rows))
