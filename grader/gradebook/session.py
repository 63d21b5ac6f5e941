"""The database behind a gradebook: an SQLite file, or PostgreSQL by URL; and its errors in plain words."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, NoSuchModuleError, OperationalError

from .records import EntryError, GradebookError

BUSY = 60  # seconds to wait for another writer
DEADLOCKS = ("40P01", "40001")
DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
SYSTEM = ("53", "57", "58")  # PostgreSQL's classes of errors: out of room or memory, shut down, I/O
UNREACHED = ("08", "28", "3D", "57P")  # prefixes of its codes for no connection and no access

KEPT = "Everything recorded before is kept. Make room, then run the same command again."
FULL = f"the disk is full. {KEPT}"
DAMAGED = "the file is not a gradebook, or it is damaged. Restore the newest backup, or give another file."
HELD = f"another program has held the gradebook for {BUSY} s. End it, then run the same command again."
READ_ONLY = "the file may not be written to. Give yourself the right, or another file."
NO_CONNECTION = "no connection to the database ({first}). Does the server run, and is the URL right?"
REFUSED = "the database refused: {first}"
SQLITE_ADVICE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: f"the disk did not take the write ({{first}}). {KEPT}",
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_BUSY: HELD,
    sqlite3.SQLITE_LOCKED: HELD,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened. Are the path and its rights as they should be?",
}
POSTGRES_ADVICE = {"53100": FULL, "25006": READ_ONLY}

SCHEMES = ("sqlite", "postgresql", "postgres", "postgresql+psycopg")


class HeldDatabase:
    """What holds connections to a database until it is closed: `with` closes it."""

    engine: Engine

    @property
    def url(self) -> URL:
        """Where it is."""
        return self.engine.url

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def locate(where: str | Path) -> URL:
    """A path, `sqlite:///path` or `postgresql://user@host/name` as a URL. Raises GradebookError."""
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text)))
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise GradebookError(f"this is no database URL: {text.partition('://')[0]}://…") from error
    if url.drivername not in SCHEMES:
        raise GradebookError(f"{url.drivername}: the gradebook is a file, or a URL that starts with postgresql://")
    return url if url.drivername == "sqlite" else url.set(drivername="postgresql+psycopg")


def shown(url: URL) -> str:
    """The place for messages, without a password."""
    return str(url.database) if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


def connect(url: URL, *, create: bool) -> Engine:
    """An engine for reading; `writing(engine)` for writing. Raises GradebookError where there is no database."""
    if url.drivername == "sqlite":
        _prepare_file(url, create)
        engine = create_engine(url, connect_args={"timeout": BUSY})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ImportError, NoSuchModuleError) as error:
        raise GradebookError("PostgreSQL needs psycopg: pip install 'cnn-grader[class]'") from error


def writing(engine: Engine) -> Engine:
    """The same engine, taking the write lock when a transaction begins: two writers wait instead of failing."""
    return engine.execution_options(writes=True)


def _prepare_file(url: URL, create: bool) -> None:
    """A new file is its owner's alone: it will hold names and sources."""
    path = Path(url.database or "")
    if not url.database or url.database == ":memory:":
        raise GradebookError("the gradebook needs a file: grades in memory would be lost")
    if path.exists() or not create:
        if not path.is_file():
            raise GradebookError(f"{path}: no gradebook there. `grade batch` makes one; is the path right?")
        return
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise GradebookError(f"{path}: the gradebook cannot be made: {error.strerror}") from error


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def collided(error: DBAPIError) -> bool:
    """Whether another process was in the way: it made the same row, or each waited for the other (PostgreSQL)."""
    return isinstance(error, IntegrityError) or _sqlstate(error) in DEADLOCKS


@contextlib.contextmanager
def plain_errors(url: URL, *, opening: bool = False) -> Iterator[None]:
    """Turn a database's error into a GradebookError that says what to do. With `opening`, a server that does not answer
    is the user's mistake and not a failure."""
    try:
        yield
    except (DataError, IntegrityError) as error:
        raise EntryError(f"{shown(url)}: {_in_words(error)}") from error
    except UnicodeEncodeError as error:
        raise EntryError(f"{shown(url)}: what was given is no text: {error}") from error
    except DBAPIError as error:
        raise GradebookError(f"{shown(url)}: {_in_words(error)}", ours=_failed(error, opening)) from error


def _failed(error: DBAPIError, opening: bool) -> bool:
    """Whether the database or its disk failed, by the codes that it gives."""
    if (code := _sqlite_code(error)) is not None:
        return code in DISK
    lost = isinstance(error, OperationalError) and not opening
    return lost or _sqlstate(error)[:2] in SYSTEM


def _in_words(error: DBAPIError) -> str:
    """What happened and what to do about it: by the error's code, as its text may hold a student's words."""
    first = str(error.orig).strip().partition("\n")[0]
    if (code := _sqlite_code(error)) is not None:
        advice = SQLITE_ADVICE.get(code, REFUSED)
    else:
        state = _sqlstate(error)
        unreached = isinstance(error, OperationalError) and (not state or state.startswith(UNREACHED))
        advice = NO_CONNECTION if unreached else POSTGRES_ADVICE.get(state, REFUSED)
    return advice.format(first=first)


def _sqlite_code(error: DBAPIError) -> int | None:
    """SQLite's primary result code, if the error is SQLite's."""
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _sqlstate(error: DBAPIError) -> str:
    """PostgreSQL's code of five characters, if the server gave one."""
    return getattr(error.orig, "sqlstate", None) or ""
