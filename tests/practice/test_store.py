"""The file that attempts and answers are kept in: older ones are taken over, and nothing is lost."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from grader.practice import answers, history, store
from grader.practice.place import HOME
from grader.practice.store import HistoryError
from tests.practice.days import FLIPPED, answered, tried


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """Where things are kept in this test."""
    monkeypatch.setenv(HOME, str(tmp_path / "kept"))
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


def first_format(path: Path) -> None:
    """A file as the first versions of the grader wrote it, with one attempt."""
    one = tried(0, FLIPPED)
    with sqlite3.connect(path) as connection:
        columns = store.TRIES.replace("learner, ", "")
        connection.execute(f"CREATE TABLE tries (id INTEGER PRIMARY KEY, {columns})")
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            f"INSERT INTO tries ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (one.at, "conv", "", 9, 22, 0, 1, "", json.dumps([["kernel-flipped", "Kernel flipped", ["window"]]]),
             json.dumps(["window"])),
        )  # fmt: skip
    connection.close()


def test_answers_come_back_as_they_were():
    assert answers.answers() == []
    given = [answered(0, mistake="kernel-flipped", right=False), answered(1, seconds=None, helped=True)]
    for answer in given:
        answers.remember_answer(answer)
    assert answers.answers() == given


def test_a_file_of_the_first_format_is_read_as_it_is_and_taken_over_when_written_to(folder):
    first_format(folder / store.NAME)
    before = (folder / store.NAME).read_bytes()
    assert (history.tries(), answers.answers()) == ([tried(0, FLIPPED)], [])
    assert (folder / store.NAME).read_bytes() == before
    answers.remember_answer(answered(1))
    assert (history.tries(), answers.answers()) == ([tried(0, FLIPPED)], [answered(1)])


@pytest.mark.parametrize("version, nameless", [(2, ("answers", "tries")), (3, ("tries",))])
def test_rows_of_a_file_that_does_not_say_whose_they_are_belong_to_whose_machine_it_is(folder, version, nameless):
    mine = tried(0, FLIPPED)
    answers.remember_answer(answered(0))
    store.add("tries", [history._row(mine)])
    with sqlite3.connect(folder / store.NAME) as connection:
        for table in nameless:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN learner")
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    assert (answers.answers(), history.tries()) == ([answered(0)], [mine])
    bens = replace(tried(1), learner="ben")
    answers.remember_answer(answered(1, learner="ben"))
    store.add("tries", [history._row(bens)])
    assert (answers.answers(), answers.answers("ben")) == ([answered(0)], [answered(1, learner="ben")])
    assert (history.tries(), history.tries("ben")) == ([mine], [bens])


def test_a_newer_file_is_one_line_and_stays(folder):
    answers.remember_answer(answered(0))
    with sqlite3.connect(folder / store.NAME) as connection:
        connection.execute(f"PRAGMA user_version = {store.VERSION + 1}")
    connection.close()
    before = (folder / store.NAME).read_bytes()
    for act in (answers.answers, lambda: answers.remember_answer(answered(1))):
        with pytest.raises(HistoryError, match="newer version"):
            act()
    assert (folder / store.NAME).read_bytes() == before


def test_a_row_that_makes_no_sense_is_one_line(folder):
    answers.remember_answer(answered(0))
    with sqlite3.connect(folder / store.NAME) as connection:
        connection.execute("UPDATE answers SET outcome = 'perhaps'")
    connection.close()
    with pytest.raises(HistoryError, match="perhaps"):
        answers.answers()


def test_two_commands_that_write_at_once_lose_nothing(folder):
    first_format(folder / store.NAME)
    code = """
        import sys
        from grader.practice.answers import remember_answer
        from tests.practice.days import answered
        for number in range(60):
            remember_answer(answered(int(sys.argv[1]), seed=number))
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    running = [subprocess.Popen([*command, str(n)], cwd=Path(__file__).parents[2]) for n in (1, 2)]
    assert [process.wait() for process in running] == [0, 0]
    assert sorted((a.at, a.seed) for a in answers.answers()) == [
        (answered(day).at, seed) for day in (1, 2) for seed in range(60)
    ]
    assert len(history.tries()) == 1
