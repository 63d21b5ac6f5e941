"""Bring the tables to this version: create them, migrate an older version, or refuse a newer one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, MetaData, inspect, text

from .records import GradebookError
from .session import connect, locate, plain_errors, shown, writing

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0016"  # the newest migration, written here so that an up-to-date gradebook opens without alembic
VERSION_TABLE = """CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""  # alembic's own
LOCK = 0x6772616465  # PostgreSQL: one process migrates, the others wait


def opened(where: str | Path, *, create: bool = True) -> tuple[Engine, Path | None]:
    """Connect to a file, or a database by URL, and create or migrate its tables.

    Returns where an older SQLite file was backed up, too. Raises GradebookError.
    """
    url = locate(where)
    engine = connect(url, create=create)
    try:
        with plain_errors(url, opening=True):
            return engine, bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise


def bring_up_to_date(engine: Engine) -> Path | None:
    """Create or migrate; returns where an older SQLite file was backed up. Raises GradebookError."""
    with engine.connect() as connection:
        before = revision(connection)
    if before == HEAD:
        return None
    _refuse_newer(engine, before)
    backup = _backup(engine, before) if before and engine.dialect.name == "sqlite" else None
    with writing(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if before is None and revision(connection) is None:  # nor has another process created them meanwhile
            create(connection)
        else:
            upgrade(connection, HEAD)
    return backup


def all_tables() -> MetaData:
    """What a gradebook holds; each module adds its own tables to the one metadata."""
    from . import comments, item_tables, kept_try, runs, sitting_tables, tables, written  # noqa: F401

    return tables.Student.metadata


def create(connection: Connection) -> None:
    """Create all tables as they are after the last migration, in a fifth of the time that all of them take."""
    all_tables().create_all(connection)
    connection.execute(text(VERSION_TABLE))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})


def revision(connection: Connection) -> str | None:
    """The version of the tables that are there. Raises GradebookError for a database that is something else."""
    tables = set(inspect(connection).get_table_names())
    if {"alembic_version", "gradings"} <= tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if tables:
        raise GradebookError(
            f"{shown(connection.engine.url)} holds tables, but not a gradebook's. Give another file or database."
        )
    return None


def upgrade(connection: Connection, to: str) -> None:
    """Run the migrations up to a version, in the transaction that is open."""
    from alembic import command

    command.upgrade(config(connection), to)


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration; there is no alembic.ini."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def _known() -> list[str]:
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]


def _refuse_newer(engine: Engine, found: str | None) -> None:
    if found is not None and found not in _known():
        raise GradebookError(
            f"{shown(engine.url)} was written by a newer version of cnn-grader (tables '{found}', this version knows"
            f" '{HEAD}'). Upgrade cnn-grader; the gradebook was left as it is."
        )


def _backup(engine: Engine, before: str) -> Path:
    """A whole copy beside the file, made by SQLite itself."""
    path = Path(str(engine.url.database))
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    target = path.with_name(f"{path.name}.before-{HEAD}.{before}-{stamp}")
    try:
        target.touch(mode=0o600, exist_ok=False)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise GradebookError(
            f"{path} was left as it is: no backup could be made ({error}). Make room first.", ours=True
        ) from error
    return target
