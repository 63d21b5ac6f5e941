"""A copy of a gradebook to try things in: the gradebook itself is only read."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, insert, select

from .base import Base
from .book import Gradebook
from .migrate import HEAD, revision
from .records import GradebookError
from .session import connect, locate, plain_errors, shown


@contextmanager
def copied(where: str | Path) -> Iterator[Gradebook]:
    """A gradebook with the same content, of this version; an empty one where there is none yet.

    Raises GradebookError.
    """
    url = locate(where)
    with tempfile.TemporaryDirectory(prefix="grade-") as folder:
        path = Path(folder) / "gradebook.sqlite"
        if url.drivername == "sqlite":
            _copy_file(Path(url.database or ""), path)
        try:
            with Gradebook.open(path) as book:
                if url.drivername != "sqlite":
                    _copy_rows(connect(url, create=False), book)
                yield book
        except GradebookError as error:
            raise GradebookError(str(error).replace(str(path), shown(url)), ours=error.ours) from error


def _copy_file(source: Path, target: Path) -> None:
    """By SQLite itself, as another process may be writing. A file that is none is copied as it is, and found out."""
    if not source.is_file():
        if source.exists() or not source.parent.is_dir():
            raise GradebookError(f"{source}: no gradebook can be there. Is the path right?")
        return
    try:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
            one.backup(other)
    except sqlite3.Error:
        target.write_bytes(source.read_bytes())


def _copy_rows(engine: Engine, book: Gradebook) -> None:
    try:
        with plain_errors(engine.url, opening=True), engine.connect() as source, book.engine.begin() as target:
            found = revision(source)
            if found not in (None, HEAD):
                raise GradebookError(
                    f"{shown(engine.url)} is of another version; a dry run does not bring it up to date"
                )
            target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for table in Base.metadata.sorted_tables if found else []:
                for rows in source.execute(select(table)).mappings().partitions(1000):
                    target.execute(insert(table), [dict(row) for row in rows])
    finally:
        engine.dispose()
