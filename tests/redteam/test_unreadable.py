"""Sources and notebooks that cannot be read: graded with no marks, and the reason is said."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from grader.clean import CONTROL
from grader.exercise import Exercise
from grader.judge.grade import grade
from grader.report.as_json import to_json
from grader.report.message import message, unloaded
from grader.report.text import to_text
from grader.submission.load import load
from tests.redteam.traps import HONEST, SECONDS, WRONG, Build, code, notebook, source, written


def bomb_of_objects(folder: Path) -> Path:
    """A notebook whose metadata takes twenty times its size in memory."""
    path = notebook(code(HONEST), metadata={"x": ["here"]})(folder)
    return written(path, path.read_text().replace('"here"', ",".join(["{}"] * 9_000_000)))


def spiral(text: str, depth: int, middle: str = "1") -> str:
    left, right = text.split("|")
    return f"{WRONG}\nvalue = {left * depth}{middle}{right * depth}\n"


UNREADABLE: dict[str, tuple[Build, str]] = {
    "NUL bytes": (source(WRONG.encode() + b"\0\0\n"), "NUL"),
    "UTF-16": (source(WRONG.encode("utf-16")), "UTF-16"),
    "UTF-32": (source(WRONG.encode("utf-32")), "UTF-16|NUL"),
    "Latin-1 without saying so": (source(WRONG.encode() + b"name = 'caf\xe9'\n"), "utf-8|UTF-8"),
    "an encoding that does not exist": (source(b"# -*- coding: klingon -*-\n" + WRONG.encode()), "encoding"),
    "an encoding that runs code": (source(b"# coding: rot13\n" + WRONG.encode()), "encoding|rot13|rot_13"),
    "syntax error": (source(WRONG + "\ndef f(:\n"), "line 7"),
    "escapes in the line of a syntax error": (source(WRONG + "\nx = = '\x1b[2J\u202e<script>'\n"), "line 7"),
    "tabs and blanks mixed": (source(WRONG + "\nif True:\n\tx = 1\n        y = 2\n"), "TabError"),
    "Python 2": (source(WRONG + "\nprint 'x'\n"), "print"),
    "parentheses without end": (source(spiral("(|)", 100_000)), "nested|read"),
    "brackets to the limit": (source(spiral("[|]", 5_000)), "nested|read"),
    "minus signs without end": (source(spiral("-|", 400_000)), "nested|read"),
    "lambdas in lambdas": (source(spiral("lambda: |", 50_000)), "nested|read"),
    "a sum of a hundred thousand": (source(f"{WRONG}\nvalue = {'+'.join(['x'] * 100_000)}\n"), "nested|read"),
    "attributes of attributes": (source(f"{WRONG}\nvalue = x{'.a' * 200_000}\n"), "nested|read"),
    "blocks in blocks": (source(WRONG + "".join(" " * i + "if 1:\n" for i in range(150))), "indent"),
    "strings in strings": (source(WRONG + "\nx = " + "f'{" * 200 + "1" + "}'" * 200), "line|nested|read"),
    "a notebook that is no JSON": (source("{", "a.ipynb"), "notebook"),
    "a notebook that is a list": (source("[]", "a.ipynb"), "notebook"),
    "a notebook in UTF-16": (source("{}".encode("utf-16"), "a.ipynb"), "UTF-16"),
    "a notebook without cells": (source('{"nbformat": 4, "nbformat_minor": 5}', "a.ipynb"), "notebook"),
    "a notebook of an unknown version": (notebook(code(WRONG), nbformat=99), "notebook"),
    "a notebook of version infinity": (source('{"nbformat": 1e999, "cells": []}', "a.ipynb"), "notebook"),
    "a notebook whose cells are numbers": (notebook(1, 2, None), "notebook"),
    "a notebook whose cells are a text": (notebook(cells="x"), "notebook"),
    "a notebook nested without end": (source('{"cells":' + "[" * 200_000, "a.ipynb"), "notebook"),
    "a notebook of nine million objects": (bomb_of_objects, "notebook"),
    "a notebook of pictures only": (notebook({"cell_type": "markdown", "source": "x", "metadata": {}}), "no code"),
    "a notebook of broken cells": (notebook(code("def f(:"), code(["x", 1, None])), "line|notebook"),
}


@pytest.mark.sampled(quick=3)
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_graded_with_no_marks(name: str, scene, conv: Exercise, tmp_path: Path):
    build, said = UNREADABLE[name]
    started = time.monotonic()
    result = grade(load(build(tmp_path)), conv)
    assert time.monotonic() - started < SECONDS
    assert not result.internal_error
    assert result.score == 0 < result.max_score
    assert {str(c.verdict) for c in result.checks} <= {"runtime_error", "not_defined"}
    messages = [unloaded(result), *result.notes, *(message(c) for c in result.checks)]
    assert any(re.search(said, m) for m in messages), messages[:2]
    assert not any(CONTROL.search(m) for m in messages)
    json.loads(to_json([result]))
    assert "\x1b" not in to_text(result)
