"""`grade batch` as an instructor types it."""

from __future__ import annotations

import json
import os
import pty
import select as descriptors
import shutil
import subprocess
from dataclasses import replace

import click
import pytest
from sqlalchemy import select

from grader.batch.problems import Kind
from grader.batch.who import Member
from grader.cli.work.batch_ask import asker
from grader.errors import GraderError
from grader.gradebook import Gradebook, Person
from grader.gradebook.tables import Download, Student
from tests.batch.conftest import COUNT
from tests.batch.makers import COMMAND, ENVIRONMENT, FIELD, RIGHT, batch, folder, gradings, run, snapshot


def test_marks_misconceptions_and_problems(graded):
    assert sum(row[0] == "grading" for row in graded.snapshot) == COUNT
    assert f"{COUNT} graded now" in graded.stdout
    assert "Strides do not enter the size" in graded.stdout
    assert "cannot be read: unparsed.py" in graded.stdout


def test_the_names_in_the_download_are_remembered(graded):
    with Gradebook.open(graded.where) as book, book.reading() as session:
        names = {(key, name) for key, name in session.execute(select(Student.key, Download.name).join(Download))}
    assert names == {(path.stem, path.name) for path in graded.path.iterdir()}


def test_quiet_where_there_is_no_terminal(graded):
    assert graded.stderr == ""
    assert "\x1b" not in graded.stdout


def test_again_grades_nothing_and_says_the_same(graded):
    done = run(graded.batch(graded.where))
    assert f"0 graded now, {COUNT} graded before" in done.stdout
    assert done.stdout.splitlines()[1:] == graded.stdout.splitlines()[1:]
    assert snapshot(graded.where) == graded.snapshot


@pytest.mark.slow
def test_where_nothing_can_be_graded_all_is_named(tmp_path):
    path = folder(tmp_path / "week1", {"ana.py": "x = 1\n", "bo/photo.jpg": "a face"})
    where = ["--gradebook", str(tmp_path / "book.sqlite"), "--out", str(tmp_path / "out"), "--jobs", "1"]
    done = run([*COMMAND, "batch", str(path), *where])
    assert "0 graded now" in done.stdout
    assert "no exercise found: ana.py" in done.stdout
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["graded_now"] == 0


@pytest.mark.slow
def test_who_hands_in_again_is_graded_again(graded, tmp_path):
    path, where = tmp_path / graded.path.name, tmp_path / "book.sqlite"
    shutil.copytree(graded.path, path)
    shutil.copy(graded.where, where)
    (path / "unparsed.py").write_bytes(FIELD)
    done = run(replace(graded, path=path).batch(where, "--out", str(tmp_path / "out")))
    assert f"1 graded now, {COUNT - 1} graded before" in done.stdout
    assert gradings(where) == COUNT + 1
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["seed"] == 7
    assert summary["run"] == "batch 7"
    assert (tmp_path / "out" / "students" / "unparsed" / "receptive_field.html").is_file()
    assert (tmp_path / "out" / "index.html").is_file()


@pytest.mark.slow
def test_postgresql_holds_the_same(graded, postgresql):
    run(graded.batch(postgresql, "--seed", "7"))
    assert snapshot(postgresql) == graded.snapshot


def test_a_bar_in_a_terminal(tmp_path):
    path = folder(tmp_path / "w", {"ana.py": RIGHT, "bo.py": RIGHT + b"\n"})
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        batch(path, tmp_path / "b.sqlite"), stdout=subprocess.PIPE, stderr=theirs, env={**ENVIRONMENT, "TERM": "xterm"}
    )
    os.close(theirs)
    shown = b""
    while descriptors.select([ours], [], [], 120)[0]:
        try:
            shown += os.read(ours, 1 << 16)
        except OSError:  # the other end is closed
            break
    process.communicate()
    os.close(ours)
    assert process.returncode == 0
    assert b"2/2" in shown
    assert b"2 full marks" in shown


@pytest.mark.sampled(quick=3)
@pytest.mark.parametrize(
    "options, said",
    [
        (["nowhere"], "nowhere"),
        (["w", "--exercise", "unknown"], "unknown"),
        (["w", "--roster", "none.csv"], "none.csv"),
        (["w", "--times", "none.csv"], "none.csv"),
        (["w", "--zone", "Europe/Mars"], "Europe/Mars"),
        (["w", "--who", "none.csv"], "none.csv"),
        (["w", "--cluster", "none.toml"], "none.toml"),
        pytest.param(["w", "--cluster", "tcp://127.0.0.1:1"], "no Dask scheduler answers", marks=pytest.mark.slow),
        (["w", "--gradebook", "nowhere/book.sqlite"], "nowhere/book.sqlite"),
        (["w", "--gradebook", "mysql://a@b/c"], "mysql"),
        (["w", "--gradebook", "the disk is full/book.sqlite"], "cannot be made"),
    ],
)
def test_mistakes_end_with_one_line(tmp_path, options, said):
    folder(tmp_path / "w", {"ana.py": RIGHT})
    done = run([*batch("", "")[:3], "batch", *options], code=2, cwd=tmp_path)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_isolation_that_is_not_to_be_had(tmp_path, monkeypatch):
    path = folder(tmp_path / "w", {"ana.py": RIGHT})
    found = os.environ["PATH"].split(":")
    without = ":".join(p for p in found if not shutil.which("bwrap", path=p))
    monkeypatch.setitem(ENVIRONMENT, "PATH", without)
    done = run(batch(path, tmp_path / "b.sqlite", "--require-isolation", "contained"), code=2)
    assert "'contained' is required" in done.stderr
    assert gradings(tmp_path / "b.sqlite") == 0


@pytest.mark.slow
def test_a_roster_of_all_and_other_names(tmp_path):
    path = folder(tmp_path / "w", {"ana ek_conv.py": RIGHT, "who.py": RIGHT})
    (tmp_path / "class.csv").write_text("Name,Email\nAna Ek,ana@uni.example\nBo Li,bo@uni.example\n")
    done = run(batch(path, tmp_path / "b.sqlite", "--roster", str(tmp_path / "class.csv")))
    assert "nothing handed in (1): Bo Li (bo@uni.example)" in done.stdout
    assert "not in the roster: who" in done.stdout
    assert {row[1] for row in snapshot(tmp_path / "b.sqlite") if row[0] == "student"} == {
        "ana@uni.example",
        "bo@uni.example",
        "who",
    }


@pytest.mark.slow
def test_a_forgotten_roster_and_what_is_asked(tmp_path):
    path = folder(tmp_path / "w", {"ana ek.py": RIGHT, "jane do.py": RIGHT + b"\n"})
    (tmp_path / "class.csv").write_text("Student ID,Name\n1,Ana Ek\n2,Jane Doe\n")
    where = tmp_path / "b.sqlite"
    run(batch(path, where))
    command = batch(path, where, "--roster", str(tmp_path / "class.csv"))
    ours, theirs = pty.openpty()
    os.write(ours, b"9\n1\n")
    done = subprocess.run(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=ENVIRONMENT, timeout=300)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0
    assert b"joined with what came earlier: jane do is Jane Doe (2) now" in b" ".join(done.stdout.split())
    assert b"marks change" not in done.stdout
    with Gradebook.open(where) as book:
        assert {s.key: (s.also, s.gradings) for s in book.students()} == {"1": (("ana ek",), 1), "2": (("jane do",), 1)}


def test_answers_in_a_file_are_remembered(tmp_path):
    path = folder(tmp_path / "w", {"x17.py": RIGHT})
    (tmp_path / "class.csv").write_text("Student ID,Name\n1,Ana Ek\n")
    (tmp_path / "who.csv").write_text("hand-in,student\nx17,1\n")
    files = ["--roster", str(tmp_path / "class.csv"), "--who", str(tmp_path / "who.csv")]
    assert "1 × joined by name" in run(batch(path, tmp_path / "b.sqlite", *files)).stdout
    with Gradebook.open(tmp_path / "b.sqlite") as book:
        assert [(s.key, s.also, s.gradings) for s in book.students()] == [("1", ("x17",), 1)]


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        (["2"], ["b", None]),
        (["0", "3", "x", "1", ""], ["a", None]),
        (["", "2"], [None, "b"]),
        (["q", "1"], [None, None]),
    ],
)
def test_a_question_takes_numbers_nothing_and_no_more(monkeypatch, typed, chosen):
    answers = iter([*typed, ""])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    members = [Member(Person("a", "Ana Ek", "A")), Member(Person("b", "Ana Ek", "B"))]
    ask = asker()
    found = [ask(Person("Ana Ek"), members) for _ in range(2)]
    assert [member and member.key for member in found] == chosen


def test_a_question_may_be_interrupted(monkeypatch):
    def stop(*_, **__):
        raise click.Abort

    monkeypatch.setattr("click.prompt", stop)
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    with pytest.raises(GraderError, match="Nothing was graded") as told:
        asker()(Person("Ana Ek"), [Member(Person("a"))])
    assert told.value.exit_code == 130


@pytest.mark.slow
def test_two_at_once_on_an_empty_gradebook_give_everybody_the_same_inputs(tmp_path):
    path = folder(tmp_path / "w", {"ana.py": RIGHT, "bo.py": RIGHT + b"\n"})
    both = [subprocess.Popen(batch(path, tmp_path / "b.sqlite"), env=ENVIRONMENT) for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    assert len({row[6:8] for row in snapshot(tmp_path / "b.sqlite") if row[0] == "grading"}) == 1
    assert gradings(tmp_path / "b.sqlite") == 2


@pytest.mark.slow
def test_a_dry_run_reads_everything_names_what_is_odd_and_writes_nothing(graded, tmp_path):
    path, where = tmp_path / "w", tmp_path / "book.sqlite"
    files = {"ana.py": RIGHT, "bo.py": "def conv2d(:\n", "my_conv.py": RIGHT, "cy/notes.pdf": b"%PDF"}
    folder(path, files)
    (tmp_path / "class.csv").write_text("Student ID,Name\nana,Ana Ek\nbo,Bo Li\ncy,Cy Yu\ndi,Di Xu\n")
    command = batch(path, where, "--roster", str(tmp_path / "class.csv"), "--dry-run")
    said = run(command).stdout.splitlines()
    assert said[:2] == ["conv: dry run, nothing is graded or written", "4 hand-ins (files): 3 to grade (conv 3)"]
    odd = [kind for line in said if (kind := line.partition(": ")[0]) in set(Kind)]
    assert odd == [Kind.AMBIGUOUS, Kind.UNREADABLE, Kind.NOTHING], "what weighs most comes first"
    assert said[-2:] == ["nothing handed in (1): Di Xu (di)", "1 × not a submission"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["class.csv", "w"]

    shutil.copy(graded.where, where)
    before = where.read_bytes()
    said = run(graded.batch(where, "--dry-run")).stdout
    assert f"{COUNT} hand-ins (files): 0 to grade, {COUNT} graded before" in said
    assert where.read_bytes() == before


@pytest.mark.slow
def test_a_dry_run_reads_a_database_too(graded, postgresql):
    run(graded.batch(postgresql, "--seed", "7"))
    before = snapshot(postgresql)
    assert f"0 to grade, {COUNT} graded before" in run(graded.batch(postgresql, "--dry-run")).stdout
    assert snapshot(postgresql) == before
