"""Each starter ends with something to run: the statement's example, which is true of the reference."""

from __future__ import annotations

import ast
import contextlib
import io
import runpy
import subprocess
import sys

import numpy as np
import pytest

from grader.exercise import Exercise, all_exercises
from grader.model.cause import Why

EXERCISES = {e.slug: e for e in all_exercises()}
READY = ("debug_cnn",)  # its starter is a network to repair
UNWRITTEN = [
    pytest.param(slug, marks=[] if slug in ("conv", "training", "resnet") else pytest.mark.slow)
    for slug in EXERCISES
    if slug not in READY
]


def example(exercise: Exercise) -> tuple[list[ast.stmt], list[str]]:
    """The statements under `__main__`, the last of the file, and the lines of the file."""
    source = exercise.starter_file.read_text(encoding="utf-8")
    last = ast.parse(source).body[-1]
    assert isinstance(last, ast.If)
    assert ast.unparse(last.test) == "__name__ == '__main__'"
    return last.body, source.splitlines()


def as_array(value: object) -> np.ndarray:
    return np.asarray(value.detach() if hasattr(value, "detach") else value, dtype=float)


@pytest.mark.parametrize("slug", EXERCISES)
def test_the_example_is_true_of_the_reference(slug):
    names = runpy.run_path(str(EXERCISES[slug].reference_file))
    starter = ast.parse(EXERCISES[slug].starter_file.read_text(encoding="utf-8"))
    for statement in starter.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            exec(ast.unparse(statement), names)
    statements, lines = example(EXERCISES[slug])
    told = 0
    for statement in statements:
        _, _, said = lines[statement.end_lineno - 1].partition(")  # ")
        if not said:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(ast.unparse(statement), names)
            continue
        told += 1
        actual, expected = eval(ast.unparse(statement.value.args[0]), names), ast.literal_eval(said)
        if isinstance(expected, list) and isinstance(expected[0], tuple):
            assert actual == expected
        else:
            np.testing.assert_allclose(as_array(actual), as_array(expected), atol=1e-6, rtol=1e-6)
    assert told


@pytest.mark.sampled(quick=11, ci=6)
@pytest.mark.parametrize("slug", UNWRITTEN)
def test_an_untouched_starter_is_still_nothing_written(slug, grade_source):
    result = grade_source(EXERCISES[slug].starter_file.read_text(encoding="utf-8"), slug)
    assert [cause.why for cause in result.causes] == [Why.NOTHING]
    assert not result.notes
    assert not result.stdout


@pytest.mark.parametrize("slug", ["conv", "training"])
def test_an_untouched_starter_says_so_when_it_is_run(slug, tmp_path):
    file = tmp_path / f"my_{slug}.py"
    file.write_text(EXERCISES[slug].starter_file.read_text(encoding="utf-8"))
    ended = subprocess.run([sys.executable, file], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.rstrip().endswith("NotImplementedError")
