"""What a batch remembers changes no result, belongs to its inputs alone, and stays small."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.checks import remembered
from grader.exercise import EXERCISES, load_exercise
from grader.judge import run as judge_run
from grader.judge.grade import grade
from grader.judge.running import RunningCheck
from grader.report.as_json import to_dict
from grader.report.message import message
from grader.submission.load import load


@pytest.fixture
def remembering(monkeypatch):
    monkeypatch.setattr(remembered, "_kept", {})
    monkeypatch.setattr(remembered, "_size", 0)


def graded(slug, file, seed, sandboxes):
    """A result without what clocks say; `file` is below the exercise's folder, or anywhere."""
    submission = load(EXERCISES / slug / file)
    result = grade(submission, load_exercise(slug), seed=seed, sandbox=sandboxes(slug), timing=False)
    return replace(result, seconds=0.0, checks=[replace(c, seconds=0.0) for c in result.checks])


FILES = [
    ("conv", "wrong/stride_ignored.py"),
    ("conv", "wrong/size_ceil_crash.py"),
    ("conv", "right/fft.py"),
    ("pooling", "starter.py"),
]


@pytest.mark.slow
@pytest.mark.sampled(ci=3)
@pytest.mark.parametrize("slug, file", FILES)
def test_results_are_the_same(slug, file, sandboxes, monkeypatch):
    plain = [to_dict(graded(slug, file, seed, sandboxes)) for seed in (1, 2)]
    monkeypatch.setattr(remembered, "_kept", {})
    assert [to_dict(graded(slug, file, seed, sandboxes)) for seed in (1, 2, 1, 2)] == plain * 2


def test_what_a_check_asks_is_asked_again_without_its_code(sandboxes, remembering, monkeypatch):
    first = graded("conv", "right/fft.py", 1, sandboxes)
    exercise = load_exercise("conv")
    for item in judge_run._collected(exercise, tuple(path.stat().st_mtime_ns for path in exercise.test_files)).items:
        monkeypatch.setattr(item, "obj", None)
    assert graded("conv", "right/fft.py", 1, sandboxes) == first


@pytest.mark.slow
def test_a_check_that_works_with_answers_is_run_for_everybody(sandboxes, remembering):
    """Which of a network's tensors is which depends on the submission."""
    graded("conv", "right/fft.py", 1, sandboxes)
    graded("mnist_cnn", "right/functional.py", 1, sandboxes)
    scripts = {key.split()[1]: kept for key, kept in remembered._kept.items() if b" test_" in key}
    assert scripts[b"test_window"]
    assert not scripts[b"test_values"]


@pytest.mark.slow
def test_what_one_student_gave_is_not_given_to_the_next(sandboxes, remembering):
    wrong = graded("conv", "wrong/stride_ignored.py", 1, sandboxes)
    right = graded("conv", "right/fft.py", 1, sandboxes)
    other = graded("conv", "wrong/bias_forgotten.py", 1, sandboxes)
    named = [{c.misconception.slug for c in r.checks if c.misconception} for r in (wrong, right, other)]
    assert named == [{"stride-ignored"}, set(), {"bias-forgotten"}]


def test_the_same_answers_are_judged_once(sandboxes, remembering, monkeypatch):
    graded("conv", "right/fft.py", 1, sandboxes)  # only remembers what is asked
    graded("conv", "wrong/stride_ignored.py", 1, sandboxes)  # and what is asked to confirm the name
    first, again = graded("conv", "wrong/stride_ignored.py", 1, sandboxes), []
    monkeypatch.setattr(RunningCheck, "judged", lambda self, check: again.append(check.name))
    assert graded("conv", "wrong/stride_ignored.py", 1, sandboxes) == first
    assert again == []


SLIGHTLY = """
from numpy.lib.stride_tricks import sliding_window_view
import numpy as np

def conv2d(X, K):
    Y = np.einsum("ijmn,mn->ij", sliding_window_view(X, K.shape), K)
    Y[-1, -1] += {error}
    return Y
"""


@pytest.mark.slow
@pytest.mark.parametrize(("error", "right"), [("1e-14", True), ("1e-3", False)])
def test_nearly_the_same_answers_are_judged_for_themselves(sandboxes, remembering, tmp_path, error, right):
    def first_check(file):
        return graded("conv", file, 1, sandboxes).checks[0].verdict == "accepted"

    for name, text in (("a.py", "0"), ("b.py", error), ("c.py", "0")):
        (tmp_path / name).write_text(SLIGHTLY.format(error=text))
    first_check(tmp_path / "a.py")  # only remembers what is asked
    assert [first_check(tmp_path / name) for name in ("a.py", "b.py", "c.py")] == [True, right, True]


def test_everybody_reads_their_own_exception(sandboxes, remembering, tmp_path):
    for word in ("mine", "yours"):
        (tmp_path / f"{word}.py").write_text(f"def conv2d(X, K):\n    raise ValueError('{word}')\n")
    for word in ("mine", "yours", "mine", "yours"):
        assert f"ValueError: {word}" in message(graded("conv", tmp_path / f"{word}.py", 1, sandboxes).checks[0])


@pytest.mark.slow
def test_memory_is_bounded(sandboxes, remembering, monkeypatch):
    monkeypatch.setattr(remembered, "MOST", 20_000)
    for seed in range(3):
        graded("conv", "wrong/stride_ignored.py", seed, sandboxes)
    assert remembered._size <= 20_000


def test_nothing_is_kept_by_a_single_grading(sandboxes):
    graded("conv", "wrong/stride_ignored.py", 1, sandboxes)
    assert remembered._kept is None
