"""Where a gradebook lies: what is none is refused in one message, a new file is its owner's alone."""

from __future__ import annotations

import contextlib
import sqlite3
import stat

import pytest
from sqlalchemy.exc import IntegrityError

from grader.gradebook import Gradebook, GradebookError
from grader.gradebook.records import EntryError
from grader.gradebook.session import connect, locate, plain_errors, shown
from tests.gradebook.makers import WEEK


def test_other_files_are_refused_and_left_alone(tmp_path, books):
    text = tmp_path / "notes.txt"
    text.write_text("not a database " * 100)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    content = other.read_bytes()
    for path, said in [(text, "not a gradebook"), (other, "not a gradebook's"), (tmp_path, "no gradebook there")]:
        with pytest.raises(GradebookError, match=said):
            books(path)
    assert text.read_text().startswith("not a database")
    with sqlite3.connect(other) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
    connection.close()
    assert len(content) == len(other.read_bytes())


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://root@host/db", "starts with postgresql://"),
        ("postgresql://user:hunter2@/db?host=/nowhere", "no connection to the database"),
        ("://", "no database URL"),
        ("no/such/folder/book.sqlite", "cannot be made"),
    ],
)
def test_bad_places_are_refused_in_one_message(tmp_path, monkeypatch, place, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GradebookError, match=said) as caught:
        Gradebook.open(place)
    assert not caught.value.ours
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["locked", "the disk is full", "malformed", "no connection"])
def test_a_students_words_in_an_error_are_not_taken_for_the_databases(name):
    from psycopg.errors import UniqueViolation

    said = f"duplicate key value violates unique constraint\nDETAIL:  Key (key)=({name}) already exists."
    with (
        pytest.raises(EntryError, match="the database refused: duplicate key value"),
        plain_errors(locate("postgresql://user@host/db")),
    ):
        raise IntegrityError("INSERT …", {}, UniqueViolation(said))


def said_of(path, *statements):
    """What the gradebook says of an error that the last of these statements raises."""
    engine = connect(url := locate(path), create=False)
    try:
        with plain_errors(url), engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    except GradebookError as error:
        return str(error)
    finally:
        engine.dispose()


def test_a_file_that_is_read_only_and_one_that_is_held_are_told_apart(tmp_path):
    path, delete = tmp_path / "book.sqlite", "DELETE FROM students"
    Gradebook.open(path).close()
    assert "may not be written to" in said_of(path, "PRAGMA query_only = ON", delete)
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another program has held" in said_of(path, "PRAGMA busy_timeout = 1", delete)


def test_a_missing_file_is_not_made_by_readers(tmp_path):
    with pytest.raises(GradebookError, match="grade batch"):
        Gradebook.open(tmp_path / "none.sqlite", create=False)
    assert not list(tmp_path.iterdir())


def test_a_password_is_not_shown():
    assert "hunter2" not in shown(locate("postgresql://user:hunter2@host/db"))


def test_a_new_file_is_its_owners_alone(tmp_path, books):
    books(tmp_path / "book.sqlite").plan(WEEK)
    assert {stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()} == {0o600}


def test_sqlite_is_set_up_for_many_readers_and_no_loss(tmp_path):
    engine = connect(locate(tmp_path / "book.sqlite"), create=True)
    with engine.connect() as connection:
        pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    engine.dispose()
    assert found == ["wal", 1, 2, 60_000]
