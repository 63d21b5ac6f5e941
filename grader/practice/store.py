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
VERSION = 4  # 1 has no answers, 2 does not say whose they are, 3 not whose the attempts are
PATIENCE = 5.0  # seconds, for another command that is writing
TRIES = "at, learner, exercise, file, score, possible, full, ran, headline, mistakes, lost"
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
    """What `make` makes of each row, the oldest first; nothing where nothing was kept yet. Raises HistoryError.

    A row of an older file lacks the columns that came later.
    """
    if not place().exists():
        return []
    with opened() as connection:
        there = _columns(connection, table)
        names = [name for name in TABLES[table].split(", ") if name in there]
        if not names:
            return []
        found = connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY at, id")
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
    if _version(connection) > VERSION:
        raise ValueError("it was written by a newer version of the grader")
    if write and _version(connection) < VERSION:
        connection.execute("BEGIN IMMEDIATE")  # another command may do the same
        for table in TABLES:
            _complete(connection, table)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.commit()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _complete(connection: sqlite3.Connection, table: str) -> None:
    """Make the table, or add the columns that an older one lacks, with '' in its rows."""
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY, {TABLES[table]})")
    there = _columns(connection, table)
    for name in TABLES[table].split(", "):
        if name not in there:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} DEFAULT ''")


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
