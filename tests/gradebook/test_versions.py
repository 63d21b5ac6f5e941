"""The tables and their versions: made, upgraded with a backup, refused where they are newer."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, inspect, text

from grader.gradebook import GradebookError, migrate
from grader.gradebook.session import connect, locate, writing
from grader.model import CheckResult, Verdict
from grader.model.feedback import Feedback
from tests.gradebook.makers import DUE, WEEK, graded

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


@pytest.fixture
def engine(where):
    """A database without tables."""
    made = connect(locate(where), create=True)
    yield made
    made.dispose()


def looked_at(engine: Engine) -> dict[str, dict[str, object]]:
    """All tables as they are; SQLite keeps no name of a key that was added later."""
    found = inspect(engine)
    keys = {t: [{**key, "name": None} for key in found.get_foreign_keys(t)] for t in found.get_table_names()}
    return {
        name: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in found.get_columns(name)},
            "primary": found.get_pk_constraint(name),
            "foreign": sorted(map(str, foreign)),
            "indexes": sorted(map(str, found.get_indexes(name))),
            "unique": sorted(map(str, found.get_unique_constraints(name))),
            "checks": sorted(map(str, found.get_check_constraints(name))),
        }
        for name, foreign in keys.items()
    }


@pytest.fixture
def migrated(engine):
    """The same with the tables that all migrations make, one after the other."""
    with writing(engine).begin() as connection:
        migrate.upgrade(connection, migrate.HEAD)
    return engine


def test_models_and_migrations_agree(migrated):
    with writing(migrated).begin() as connection:
        command.check(migrate.config(connection))


def test_what_is_created_at_once_is_what_the_migrations_make(engine, migrated):
    made_so = looked_at(migrated)
    with writing(engine).begin() as connection:
        migrate.all_tables().drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        migrate.create(connection)
    assert looked_at(engine) == made_so
    with engine.connect() as connection:
        assert migrate.revision(connection) == migrate.HEAD


@pytest.mark.slow
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


SINCE_THE_FIRST = {
    "gradings": ("timing", "unloaded", "causes", "edition", "cause_kinds"),
    "checks": ("findings", "explanation", "max_bonus"),
    "assignments": ("feedback", "closed", "opens", "zone", "feedback_after"),
    "items": ("removed",),
    "students": ("withdrawn", "merged_into"),
}
LATER_TABLES = ("written_texts", "item_answers", "exam_answers", "exam_sittings", "kept_tries", "comments",
                "noted_problems", "started_runs", "downloads", "extensions", "setting_changes", "course_rules",
                "arrivals", "student_changes")  # fmt: skip


def as_first_written(where: str) -> None:
    """Take the gradebook back to the first tables: findings become words, and what came later is gone."""
    engine = connect(locate(where), create=False)
    with writing(engine).begin() as connection:
        untimed = "UPDATE checks SET message = 'Nothing is timed with --no-timing.' WHERE verdict = 'not_run'"
        for change in ("UPDATE checks SET message = '4 of 4 values differ'", untimed):
            connection.exec_driver_sql(change)
        for table, columns in SINCE_THE_FIRST.items():
            for column in columns:
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        timed = "timestamptz" if engine.dialect.name == "postgresql" else "DATETIME"
        connection.exec_driver_sql(f"ALTER TABLE attempts ADD COLUMN submitted_at {timed}")
        times = "SELECT min(at) FROM arrivals WHERE attempt_id = attempts.id"
        connection.exec_driver_sql(f"UPDATE attempts SET submitted_at = ({times})")
        for table in LATER_TABLES:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    engine.dispose()


def test_the_first_tables_tell_what_was_not_timed(where, books, migrated):
    untimed = CheckResult("speed", "Fast.", Verdict.NOT_RUN, 0.0, 0.0)
    book = books(where)
    book.plan(WEEK)
    book.record(graded("anna"))
    sound = graded("ben")
    book.record(replace(sound, result=replace(sound.result, checks=[*sound.result.checks, untimed])))
    book.close()
    as_first_written(where)
    newer = books(where)
    assert {s.student: s.timing for s in newer.stored("week 1")} == {"anna": True, "ben": False}
    assert newer.planned("week 1").feedback is Feedback.CASE


def test_an_older_gradebook_keeps_when_work_was_handed_in(where, books, migrated):
    book = books(where)
    book.plan(replace(WEEK, deadline=DUE))
    book.record(graded("anna", submitted_at=DUE + timedelta(hours=30)))
    book.record(graded("ben"))
    book.close()
    as_first_written(where)
    late = {m.student: (m.late.at, m.days_late) for m in books(where).marks("week 1")}
    assert late == {"anna": (DUE + timedelta(hours=30), 2), "ben": (None, None)}


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


@pytest.mark.slow
def test_two_that_create_the_same_gradebook_do_not_collide(where):
    code = f"from grader.gradebook import Gradebook; Gradebook.open({where!r}).close()"
    both = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(p.communicate()[1], p.returncode) for p in both] == [("", 0)] * 3
