"""What is kept of a learner: one small SQLite file on their own machine, which nothing is graded by.

Rows are only ever added, so that two commands at once lose nothing; all else is computed from them. Losing the file
loses no marks, so writing does not wait for the disk.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import GraderError
from .place import kept

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")
NAME = "history.sqlite"
VERSION = 2  # 1 has no answers
PATIENCE = 5.0  # seconds, for another command that is writing
TRIES = "at, exercise, file, score, possible, full, ran, headline, mistakes, lost"
ANSWERS = "at, learner, card, topic, generator, version, kind, seed, given, outcome, mistake, seconds, minutes, helped"
TABLES = {"tries": TRIES, "answers": ANSWERS}


class HistoryError(GraderError):
    """The history cannot be read or written. The message says where it is and why."""


def place() -> Path:
    """The file, whether it is there or not."""
    return kept() / NAME


def add(table: str, records: Iterable[Mapping[str, Any]]) -> None:
    """Add rows, each with a value for every column of the table; the file is made if need be. Raises HistoryError."""
    names = TABLES[table].split(", ")
    with opened(write=True) as connection:
        statement = f"INSERT INTO {table} ({TABLES[table]}) VALUES ({', '.join('?' * len(names))})"
        connection.executemany(statement, [[one[name] for name in names] for one in records])


def rows(table: str, make: Callable[[dict[str, Any]], T]) -> list[T]:
    """What `make` makes of each row, the oldest first; nothing where nothing was kept yet. Raises HistoryError."""
    if not place().exists():
        return []
    names = TABLES[table].split(", ")
    with opened() as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            return []
        found = connection.execute(f"SELECT {TABLES[table]} FROM {table} ORDER BY at, id")
        return [make(dict(zip(names, row, strict=True))) for row in found]


@contextlib.contextmanager
def opened(write: bool = False) -> Iterator[sqlite3.Connection]:
    """The file, made if it is to be written to. Raises HistoryError for whatever is wrong with it."""
    import sqlite3

    try:
        if write:
            place().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(place(), timeout=PATIENCE)) as connection:
            _prepare(connection, write)
            with connection:
                yield connection
    except (OSError, sqlite3.Error, ValueError, TypeError) as error:
        raise HistoryError(f"{place()}: {getattr(error, 'strerror', None) or error}") from error


def _prepare(connection: sqlite3.Connection, write: bool) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise ValueError("it was written by a newer version of the grader")
    if write and version < VERSION:
        for table, columns in TABLES.items():
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY, {columns})")
        connection.execute(f"PRAGMA user_version = {VERSION}")
