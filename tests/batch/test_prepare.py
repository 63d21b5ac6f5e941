"""Which of a student's files answers which exercise."""

from __future__ import annotations

import json

from grader.batch.intake import File, HandIn
from grader.batch.prepare import Wanted, prepare
from grader.batch.problems import Kind
from grader.gradebook import Person
from tests.batch.makers import POOLING, RIGHT

ANA = (Person("ana"),)


def prepared(files: dict[str, bytes], slug: str | None = None, only: frozenset[str] | None = None):
    """Units by exercise, and kinds of problems; later files are newer."""
    hand_in = HandIn(ANA, tuple(File(n, d, (float(i),), n) for i, (n, d) in enumerate(files.items())))
    [(units, problems)] = prepare([hand_in], Wanted(slug, only))
    return {u.exercise: u for u in units}, {(p.kind, p.where) for p in problems}


def test_several_exercises_of_one_student():
    units, problems = prepared({"my_conv.py": RIGHT, "my_pooling.py": POOLING})
    assert {e: u.submission.main for e, u in units.items()} == {"conv": "my_conv.py", "pooling": "my_pooling.py"}
    assert problems == set()


def test_an_assignment_that_is_closed_takes_its_own_exercises_and_names_the_others():
    units, problems = prepared({"my_conv.py": RIGHT, "my_pooling.py": POOLING}, only=frozenset({"conv"}))
    assert list(units) == ["conv"]
    assert problems == {(Kind.OTHER_EXERCISE, "my_pooling.py")}
    units, problems = prepared({"all.py": RIGHT + b"\n" + POOLING}, only=frozenset({"conv"}))
    assert list(units) == ["conv"]
    assert problems == {(Kind.OTHER_EXERCISE, "all.py")}


def test_half_of_what_is_asked_for_counts_where_nothing_else_is():
    half = RIGHT.replace(b"def conv2d_multichannel", b"def other")
    units, _ = prepared({"all.py": half + b"\n" + POOLING}, only=frozenset({"conv"}))
    assert list(units) == ["conv"]


def test_of_two_the_later_counts():
    units, problems = prepared({"old.py": RIGHT, "new.py": RIGHT + b"\n"})
    assert units["conv"].submission.main == "new.py"
    assert problems == {(Kind.DUPLICATE, "old.py")}


def test_a_complete_file_before_a_later_part():
    part = b"def output_size(n, k, stride=1, padding=0):\n    return n\n"
    units, problems = prepared({"whole.py": RIGHT, "part.py": part})
    assert units["conv"].submission.main == "whole.py"
    assert problems == set()


def test_helpers_come_along():
    main = b"from tools import pad\n" + RIGHT
    units, _ = prepared(
        {"my_conv.py": main, "tools.py": b"from deep import x\n", "deep.py": b"x = 1", "no.py": b"y = 2"}
    )
    assert sorted(units["conv"].submission.files) == ["deep.py", "my_conv.py", "tools.py"]


def test_a_notebook_gets_the_modules_that_it_imports():
    cell = {"cell_type": "code", "source": "from tools import pad\n" + RIGHT.decode()}
    book = json.dumps({"cells": [cell], "nbformat": 4}).encode()
    units, _ = prepared({"work.ipynb": book, "tools.py": b"from deep import x\n", "deep.py": b"x = 1", "no.py": b""})
    modules = [name for name in units["conv"].submission.files if not name.startswith("notebook/")]
    assert sorted(modules) == ["deep.py", "tools.py"]


def test_a_file_that_does_not_parse_is_graded_where_its_name_says_for_what():
    units, problems = prepared({"my_conv.py": b"def conv2d(:\n"})
    assert units["conv"].submission.problem
    assert problems == {(Kind.UNREADABLE, "my_conv.py")}
    units, problems = prepared({"work.py": b"def f(:\n"})
    assert units == {}
    assert problems == {(Kind.UNREADABLE, "work.py")}


def test_another_exercise_than_asked_for():
    units, problems = prepared({"my_pooling.py": POOLING}, "conv")
    assert units == {}
    assert problems == {(Kind.OTHER_EXERCISE, "my_pooling.py")}
    units, problems = prepared({"my_conv.py": b"def f(:\n", "my_pooling.py": POOLING}, "conv")
    assert units["conv"].submission.main == "my_conv.py"
    assert problems == {(Kind.UNREADABLE, "my_conv.py"), (Kind.OTHER_EXERCISE, "my_pooling.py")}


def test_nothing_of_the_exercise():
    units, problems = prepared({"work.py": b"x = 1\n"}, "conv")
    assert set(units) == {"conv"}
    assert problems == {(Kind.NO_EXERCISE, "work.py")}
    units, problems = prepared({"work.py": b"x = 1\n"})
    assert units == {}
    assert problems == {(Kind.NO_EXERCISE, "work.py")}


def test_bytes_that_are_no_text_and_broken_notebooks():
    units, problems = prepared({"my_conv.py": b"\x00\xff" * 100, "a.ipynb": b"{", "b.ipynb": b"[1]"})
    assert {where for kind, where in problems if kind == Kind.UNREADABLE} == {"my_conv.py", "a.ipynb", "b.ipynb"}
    assert set(units) == {"conv"}


def test_deep_nesting_and_long_lines_do_not_stop_the_others():
    deep = b"x = " + b"(" * 5000 + b")" * 5000
    hand_ins = [HandIn(ANA, (File("my_conv.py", d, (0.0,), "my_conv.py"),)) for d in (deep, RIGHT)]
    first, second = prepare(hand_ins, Wanted())
    assert [u.exercise for u in second[0]] == ["conv"]
    assert not second[0][0].submission.problem
    assert first[1]
