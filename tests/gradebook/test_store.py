"""The database itself: made, brought up to date, refused; killed, full, damaged, shared."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import IntegrityError

from grader.gradebook import Gradebook, GradebookError, Person, entries, migrate
from grader.gradebook.records import EntryError
from grader.gradebook.session import connect, locate, plain_errors, shown, writing
from grader.model import CheckResult, Verdict
from tests.gradebook.makers import WEEK, graded, work

NEXT = '''
"""What the next version does."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.add_column("students", sa.Column("pronoun", sa.Text(), nullable=False, server_default=""))
    {then}
'''


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """Makes the code a newer version with one more migration, until `undo` is called."""

    def install(then: str = "") -> pytest.MonkeyPatch:
        home = tmp_path / "newer" / "migrations"
        shutil.copytree(Path(migrate.__file__).parent / "migrations", home)
        (home / "versions" / "9999_next.py").write_text(NEXT.format(head=migrate.HEAD, then=then))
        monkeypatch.setattr(migrate, "__file__", str(home.parent / "migrate.py"))
        monkeypatch.setattr(migrate, "HEAD", "9999")
        return monkeypatch

    return install


def test_models_and_migrations_agree(where, books):
    book = books(where)
    with writing(book.engine).begin() as connection:
        command.check(migrate.config(connection))
    with book.engine.connect() as connection:
        assert migrate.revision(connection) == migrate.HEAD


def test_a_difference_between_models_and_migrations_is_noticed(where, books):
    book = books(where)
    with writing(book.engine).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE students ADD COLUMN pronoun TEXT")
        with pytest.raises(CommandError, match="New upgrade operations detected"):
            command.check(migrate.config(connection))


def test_the_head_that_is_written_down_is_the_newest_migration():
    assert ScriptDirectory.from_config(migrate.config()).get_heads() == [migrate.HEAD]


def test_opening_again_changes_nothing(where, books):
    book = books(where)
    book.plan(WEEK)
    book.record(graded())
    before = book.snapshot()
    again = books(where, create=False)
    assert (again.snapshot(), again.backup) == (before, None)


def test_an_older_gradebook_is_upgraded_and_a_file_is_backed_up(where, books, next_version):
    book = books(where)
    book.plan(WEEK)
    book.record(graded())
    before = book.snapshot()
    book.close()
    undo = next_version().undo
    newer = books(where)
    assert newer.snapshot() == before
    with newer.engine.connect() as connection:
        assert migrate.revision(connection) == "9999"
        assert connection.exec_driver_sql("SELECT pronoun FROM students").scalars().all() == [""]
    undo()
    if newer.backup is None:
        assert "postgresql" in where
        return
    assert stat.S_IMODE(newer.backup.stat().st_mode) == 0o600
    assert books(newer.backup).snapshot() == before


def test_the_first_tables_tell_what_was_not_timed(where, books):
    engine = connect(locate(where), create=True)
    with writing(engine).begin() as connection:
        migrate.upgrade(connection, "0001")
    engine.dispose()
    untimed = CheckResult("speed", "Fast.", Verdict.NOT_RUN, 0.0, 0.0)
    with pytest.MonkeyPatch.context() as older:
        older.setattr(migrate, "HEAD", "0001")
        added = "timing", "unloaded", "causes"
        older.setattr(entries, "_grading", lambda of, real=entries._grading: without(real(of), *added))
        older.setattr(entries, "_check", lambda *of, real=entries._check: with_words(real(*of)))
        book = books(where)
        book.plan(WEEK)
        book.record(graded("anna"))
        sound = graded("ben")
        book.record(replace(sound, result=replace(sound.result, checks=[*sound.result.checks, untimed])))
        book.close()
    assert {s.student: s.timing for s in books(where).stored("week 1")} == {"anna": True, "ben": False}


def without(row: dict, *names: str) -> dict:
    """The row as tables without these columns take it."""
    return {key: value for key, value in row.items() if key not in names}


def with_words(row: dict) -> dict:
    """The row of a check as tables took it before they held findings: with a message and evidence."""
    words = {"message": "Nothing is timed with --no-timing." if row["verdict"] == "not_run" else "4 of 4 values differ"}
    return without(row, "findings") | words


def test_a_newer_gradebook_is_refused_and_left_alone(where, books, next_version):
    undo = next_version().undo
    book = books(where)
    book.close()
    undo()
    with pytest.raises(GradebookError, match=r"newer version of cnn-grader \(tables '9999'.*Upgrade"):
        books(where)
    with book.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"


def test_a_migration_that_fails_leaves_everything_as_it_was(where, books, next_version):
    book = books(where)
    book.plan(WEEK)
    book.record(graded())
    before = book.snapshot()
    book.close()
    undo = next_version("raise OSError('no luck')").undo
    with pytest.raises(OSError, match="no luck"):
        books(where)
    undo()
    assert books(where).snapshot() == before


def test_two_that_create_the_same_gradebook_do_not_collide(where):
    code = f"from grader.gradebook import Gradebook; Gradebook.open({where!r}).close()"
    both = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(p.communicate()[1], p.returncode) for p in both] == [("", 0)] * 3


# ---------------------------------------------------------------- refused


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


# ---------------------------------------------------------------- killed, full, shared

RECORDING = """
    import sys
    from grader.gradebook import Gradebook
    from tests.gradebook.makers import WEEK, graded, work

    with Gradebook.open(sys.argv[1]) as book:
        book.plan(WEEK)
        done = book.done("week 1", "batch")
        for number in range(int(sys.argv[2])):
            one = graded(f"s{number}", points=number % 10, work=work(f"v = {number}"))
            if (one.student, "conv", one.work.digest, "") not in done:
                book.record(one)
                print(one.student, flush=True)
"""


def recorder(where: str, number: int) -> subprocess.Popen:
    """Another process that records so many gradings, saying which as they are committed."""
    code = [sys.executable, "-c", textwrap.dedent(RECORDING), where, str(number)]
    return subprocess.Popen(code, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def finish(where: str, number: int) -> None:
    """Record them all."""
    process = recorder(where, number)
    process.communicate(timeout=120)
    assert process.returncode == 0


@pytest.mark.slow
def test_killed_at_any_moment_nothing_committed_is_lost_and_nothing_counts_twice(where, books, tmp_path):
    undisturbed = tmp_path / "undisturbed.sqlite"
    finish(str(undisturbed), 60)
    said = set()
    for seed in range(10):
        process = recorder(where, 60)
        wanted = random.Random(seed).randrange(1, 8)
        for line in process.stdout:
            said.add(line.strip())
            if (wanted := wanted - 1) == 0:
                break
        time.sleep(random.Random(seed).random() / 100)
        process.kill()
        said |= set(process.communicate()[0].split())
    assert said <= {student for student, *_ in books(where).done("week 1", "batch")}
    finish(where, 60)
    assert books(where).snapshot() == books(undisturbed).snapshot()
    if "postgresql" not in where:
        with sqlite3.connect(where) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()


@pytest.mark.slow
def test_two_processes_record_the_same_class_once(where, books, tmp_path):
    undisturbed = tmp_path / "undisturbed.sqlite"
    count = 400  # more than one has recorded before the others have started
    finish(str(undisturbed), count)
    books(where)
    both = [recorder(where, count) for _ in range(3)]
    assert [(p.communicate()[0] != "", p.returncode) for p in both] == [(True, 0)] * 3
    assert books(where).snapshot() == books(undisturbed).snapshot()


def test_a_full_disk_is_said_and_loses_nothing(tmp_path, books):
    path = tmp_path / "book.sqlite"
    book = books(path)
    book.plan(WEEK)
    book.record(graded("anna"))
    before = book.snapshot()
    with book.engine.connect() as connection:  # the one connection of the pool; SQLite reports a full disk at this size
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(GradebookError, match=r"disk is full.*Everything recorded before is kept") as caught:
        book.record(graded("ben", work=work(f"x = {os.urandom(50_000).hex()}")))
    assert caught.value.ours
    assert book.snapshot() == before
    book.close()
    again = books(path)
    assert again.snapshot() == before
    assert again.record(graded("ben", work=work("x = 1")))


def test_a_file_that_may_not_grow_is_said_and_loses_nothing(tmp_path, books):
    path = tmp_path / "book.sqlite"
    finish(str(path), 5)
    before = books(path).snapshot()
    code = """
        import resource, signal, sys
        from grader.gradebook import Gradebook, GradebookError
        from tests.gradebook.makers import graded, work
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        book = Gradebook.open(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        try:
            for number in range(100):
                book.record(graded(f"t{number}", work=work(f"v = {number}")))
        except GradebookError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert "Everything recorded before is kept" in done.stdout
    after = books(path)
    assert set(before) <= set(after.snapshot())
    assert after.record(graded("ben", work=work("x = 1")))


def test_a_damaged_file_is_said(tmp_path, books):
    path = tmp_path / "book.sqlite"
    book = books(path)
    book.plan(WEEK)
    for number in range(30):
        book.record(graded(f"s{number}"))
    book.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(GradebookError, match="damaged"):
        books(path).snapshot()


def test_a_server_that_goes_away_is_said(server, postgresql, books):
    import psycopg

    book = books(postgresql)
    book.plan(WEEK)
    with psycopg.connect(host=server, user="grader", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {book.url.database} WITH (FORCE)")
    with pytest.raises(GradebookError, match="no connection to the database") as caught:
        book.record(graded())
    assert caught.value.ours


def test_interrupted_by_a_signal_the_file_stays_whole(tmp_path, books):
    path = tmp_path / "book.sqlite"
    process = recorder(str(path), 1000)
    for _ in range(5):
        process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == -signal.SIGTERM
    process.stdout.close()
    assert len(books(path).done("week 1", "batch")) >= 5


def test_two_that_wait_for_each_other_both_succeed(postgresql, books):
    """Enrolling in opposite orders deadlocks on PostgreSQL, which ends one of the two; that one tries again."""
    book = books(postgresql)
    both_have_one = threading.Barrier(2, timeout=10)
    tries: list[str] = []

    def enrol(*keys: str) -> None:
        def work(session):
            tries.append(keys[0])
            entries.enrol(session, [Person(keys[0])])
            if tries.count(keys[0]) == 1:
                both_have_one.wait()
            entries.enrol(session, [Person(keys[1])])

        book._write(work)

    threads = [threading.Thread(target=enrol, args=keys) for keys in (("ada", "ben"), ("ben", "ada"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(tries) > 2
    assert not any(thread.is_alive() for thread in threads)
    assert [book.find_student(key) for key in ("ada", "ben")] == ["ada", "ben"]
