"""Timing and memory checks behind the real sandbox, with submissions too far from the limits for noise to matter."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from grader.author.bank import grade_locally
from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.model import CheckResult, Result, Verdict
from grader.report.as_json import to_json
from grader.report.message import message
from grader.report.text import to_text
from grader.submission.load import load
from grader.timing import growth, memory
from grader.timing.lanes import resume

FAST = (load_exercise("conv").folder / "right" / "im2col.py").read_text()
SLOW = (load_exercise("conv").folder / "right" / "textbook.py").read_text()
HOG = """

_inner = conv2d

def conv2d(X, K, stride=1, padding=0):
    waste = np.ones(64 * X.size)
    return _inner(X, K, stride, padding) + 0 * waste[0]
"""
POOL = """

_inner, _pool = conv2d, np.zeros(1 << 23)

def conv2d(X, K, stride=1, padding=0):
    _pool[: 64 * X.size] = 1
    return _inner(X, K, stride, padding) + 0 * _pool[0]
"""
GONE = """

import os
_inner, _write, _left = conv2d, os.write, [0]

def conv2d(X, K, stride=1, padding=0):
    Y = _inner(X, K, stride, padding)
    _left[0] = Y.nbytes if len(X) > 200 else 0
    return Y

def _write_and_leave(fd, data):
    written = _write(fd, data)
    if 0 < _left[0] <= written:
        os._exit(0)
    _left[0] -= written if _left[0] else 0
    return written

os.write = _write_and_leave
"""
DENSE = (load_exercise("conv").folder / "right" / "matrix.py").read_text()
WRONG_WHEN_LARGE = """

_inner = conv2d

def conv2d(X, K, stride=1, padding=0):
    Y = _inner(X, K, stride, padding)
    return Y if len(X) < 50 else Y + 1
"""


def speed(result: Result) -> CheckResult:
    return next(c for c in result.checks if c.name == "speed")


def test_quick_code_earns_the_bonus_and_the_text_says_so(grade_source):
    result = grade_source(FAST)
    check = speed(result)
    assert check.verdict is Verdict.ACCEPTED, message(check)
    assert (check.score, check.max_score, check.bonus) == (0, 0, 2)
    assert (result.score, result.max_score, result.bonus) == (22, 22, 2)
    assert check.measurement.ratio < 5
    assert set(check.measurement.seconds) == {"submission", "reference", "null"}
    assert "22 of 22 points, and 2 bonus" in to_text(result)


def test_loops_are_right_and_earn_no_bonus(grade_source):
    result = grade_source(SLOW)
    check = speed(result)
    assert check.verdict is Verdict.TIME_LIMIT
    assert check.measurement.ratio is None or check.measurement.ratio > 5
    assert (result.score, result.max_score, result.bonus) == (22, 22, 0)
    assert result.full_marks


def test_a_needless_factor_is_named(grade_source, monkeypatch):
    """By how its times grow, which stand in here for measured ones: 0.2 ms for the call itself, then n⁴ or n²."""
    for power, named in [(4, "n⁴ where n² suffices"), (2, "")]:
        monkeypatch.setattr(growth, "_times", lambda _lane, _call, n, _deadline, p=power: [2e-4 + 1e-8 * n**p] * 4)
        check = speed(grade_source(DENSE))
        assert check.measurement.growth.power == pytest.approx(power, abs=0.1)
        assert check.measurement.growth.sizes == [32, 64, 128]
        assert named in message(check)
        assert ("suffices" in message(check)) == bool(named)


def test_every_timed_answer_is_checked(grade_source):
    result = grade_source(FAST + WRONG_WHEN_LARGE)
    assert speed(result).verdict is Verdict.WRONG_ANSWER
    assert result.score == 22


def test_without_timing_the_points_are_neither_won_nor_lost(tmp_path, sandboxes):
    exercise = load_exercise("fast_conv")
    result = grade(load(exercise.reference_file), exercise, sandbox=sandboxes("fast_conv"), timing=False)
    left = [c for c in result.checks if c.kind != "correctness"]
    assert {c.verdict for c in left} == {Verdict.NOT_RUN}
    assert result.score == result.max_score == exercise.points - result.not_counted
    assert not result.full_marks
    assert f"{result.not_counted:g} not counted" in to_text(result)


def test_json_has_the_points_by_kind_and_what_was_measured(grade_source):
    data = json.loads(to_json([grade_source(FAST)]))
    assert data["by_kind"]["correctness"] == {"score": 22, "max_score": 22}
    assert data["by_kind"]["timing"] == {"score": 0, "max_score": 0}
    assert data["bonus"] == 2
    assert data["checks"][-1]["measurement"]["limit"] == 5


def test_a_missing_function_is_not_defined_for_timing_too(grade_source):
    assert speed(grade_source("def conv2d_multichannel(X, K, b): pass\n")).verdict is Verdict.NOT_DEFINED


def test_nothing_is_timed_in_this_process():
    exercise = load_exercise("conv")
    found = {c.name: c for c in grade_locally(exercise, exercise.reference_file)}
    assert found["speed"].verdict is Verdict.NOT_RUN


def at_its_end(looked):
    """Look at the submission's worker, which is stopped when it has answered, when it has had time to end."""

    def look(lane, key):
        if not lane.ours:
            resume(lane.worker)
            lane.worker.link.ended(0.5)
        return looked(lane, key)

    return look


@pytest.mark.parametrize(
    ("source", "verdict", "said"),
    [
        (FAST, Verdict.ACCEPTED, "times the inputs' memory"),
        (FAST + HOG, Verdict.MEMORY_LIMIT, "times the inputs' memory"),
        (FAST + POOL, Verdict.MEMORY_LIMIT, "times the inputs' memory"),
        (FAST + GONE, Verdict.RUNTIME_ERROR, "process ended"),
    ],
    ids=["im2col", "hog", "taken at import", "gone after its answer"],
)
def test_peak_memory(source, verdict, said, tmp_path, sandboxes, monkeypatch):
    from grader.checks.diagnose import scopes
    from grader.judge.session import Session
    from grader.sandbox.inside.interpreter import Interpreter
    from grader.timing.fixture import Timing

    if source.endswith(GONE):  # we look as soon as it has answered, and its end may come later
        monkeypatch.setattr(memory, "_status", at_its_end(memory._status))
    path = tmp_path / "mine.py"
    path.write_text(source)
    exercise = load_exercise("conv")
    session = Session(sandboxes("conv"), load(path), exercise)
    session.open()
    timing = Timing(exercise, Interpreter(scopes(exercise, exercise.reference_file)), *session.timed())
    timing.memory_at_most(20, "conv2d", lambda draw, n: (draw.array(n, n), draw.array(3, 3)), size=256)
    session.close()
    shown = message(timing)
    assert timing.verdict is verdict, shown
    assert said in shown


def test_a_check_after_a_timing_check_finds_the_worker_running(tmp_path, sandboxes):
    exercise = replace(load_exercise("conv"))
    checks = load_exercise("conv").checks
    vars(exercise)["checks"] = tuple(c for c in checks if c.name in ("speed", "window"))
    path = tmp_path / "mine.py"
    path.write_text(FAST)
    from grader.judge.run import run_checks
    from grader.judge.session import Session

    session = Session(sandboxes("conv"), load(path), exercise)
    session.open()
    session.timed()
    results = run_checks(exercise, [c for c in exercise.checks if c.name == "window"], session.backend, 1)
    session.close()
    assert results["window"].verdict is Verdict.ACCEPTED
