"""Two mistakes in one file are two causes, each with a small case of its own; the case space belongs to one of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.checks.merging import merged
from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.model import Result
from grader.report import causes, message
from grader.report.as_json import to_dict
from grader.root import ROOT
from grader.submission.load import load

LOOPS = """
import numpy as np
def conv2d(X, K, stride=1, padding=0):
    {pad}
    m, n = K.shape
    columns = {columns}
    out = np.zeros(((X.shape[0] - m) // stride + 1, (X.shape[1] - columns) // stride + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (X[i * stride : i * stride + m, j * stride : j * stride + columns] * K).sum()
    return out {more}
"""
ONE_SIDE = "X = np.pad(X, ((padding, 0), (padding, 0))) if padding else X"  # and whole numbers wrap around
FLOATS = "X, K = np.pad(np.asarray(X, float), padding), np.asarray(K, float)"


pytestmark = pytest.mark.usefixtures("time_to_explain")


@pytest.fixture
def explained(tmp_path: Path, sandboxes) -> Callable[..., Result]:
    """Grade and explain a convolution by loops."""

    def run(pad: str = FLOATS, columns: str = "n", more: str = "") -> Result:
        (tmp_path / "my_conv.py").write_text(LOOPS.format(pad=pad, columns=columns, more=more))
        exercise = load_exercise("conv")
        return grade(
            load(tmp_path / "my_conv.py"), exercise, seed=1, timing=False, explained=True, sandbox=sandboxes("conv")
        )

    return run


def of_conv2d(result: Result) -> list[dict]:
    """The causes as JSON has them, but for the function that is not there."""
    return [cause for cause in to_dict(result)["causes"] if "conv2d_multichannel" not in cause["headline"]]


def slugs(found: list[dict]) -> list[str | None]:
    return [cause["misconception"] and cause["misconception"]["slug"] for cause in found]


def test_a_case_space_that_is_lost_by_known_mistakes_is_no_cause_of_its_own(explained):
    result = explained(ONE_SIDE)
    padding, wrapping = of_conv2d(result)
    assert slugs([padding, wrapping]) == ["padding-one-side", "uint8-wraps"]
    assert padding["checks"][-1] == "any_conv2d"  # the headline is that of a check with the name
    assert {c.name: c.misconception for c in result.checks}["any_conv2d"] is None
    assert sum(cause.points for cause in result.causes) == result.max_score - result.score
    assert max(padding["case"]["numbers"], wrapping["case"]["numbers"]) <= 12
    assert "padding=1" in padding["case"]["call"]
    assert "int" in wrapping["case"]["script"].partition("dtype=np.")[2][:4]


def test_what_is_left_beside_a_known_mistake_is_shown_on_a_case_of_its_own(explained):
    found = of_conv2d(explained(ONE_SIDE, more="+ (stride == 3)"))
    left = next(cause for cause in found if "any_conv2d" in cause["checks"])
    assert "padding-one-side" in slugs(found)
    assert slugs([left]) == [None]
    assert "stride=3" in left["case"]["call"]
    assert left["case"]["numbers"] <= 12


def test_an_exception_is_shown_on_the_smallest_case_in_which_the_same_line_raises_it(explained):
    raised = next(
        cause for cause in of_conv2d(explained(columns="m")) if cause["headline"].startswith("Line 10 raises")
    )
    assert raised["case"]["actual"].startswith("ValueError")
    assert raised["case"]["numbers"] <= 20  # three rows and two columns of a kernel, at least


TWO = [
    ("conv", "channels_averaged", "size_rounded", ["channels-averaged", "size-rounded"]),
    ("pooling", "last_row_missing", "parameters_renamed", ["last-row-missing", "parameters-renamed"]),
    ("pooling", "global_pool_maximum", "minimum", ["minimum", "global-pool-maximum"]),
    ("backprop", "crop_always_one", "relu_masked_by_gradient", ["crop-always-one", "relu-masked-by-gradient"]),
    ("shapes", "bias_forgotten", "total_only", ["bias-forgotten+total-only"]),
]


@pytest.mark.sampled(quick=2)
@pytest.mark.parametrize(("slug", "one", "other", "told"), TWO, ids=lambda part: part if isinstance(part, str) else "")
def test_two_mistakes_are_no_more_than_two_causes(slug, one, other, told, tmp_path, sandboxes):
    exercise = load_exercise(slug)
    both = merged(*(exercise.folder / "wrong" / f"{stem}.py" for stem in (one, other)))
    (tmp_path / "mine.py").write_text(both)
    submission = load(tmp_path / "mine.py")
    result = grade(submission, exercise, seed=1, timing=False, explained=True, sandbox=sandboxes(slug))
    assert slugs(to_dict(result)["causes"]) == told
    assert sum(cause.points for cause in result.causes) == result.max_score - result.score
    lost = [check.name for check in result.checks if check.score < check.max_score]
    assert sorted(name for cause in result.causes for name in cause.checks) == sorted(lost)


def test_a_changed_argument_is_told_by_its_name_and_beside_the_call_that_is_shown(tmp_path, sandboxes):
    source = (
        (ROOT / "solutions" / "conv.py")
        .read_text()
        .replace("    X = np.pad(np.asarray(X, ", "    X += 1\n    X = np.pad(np.asarray(X - 1, ")
    )
    (tmp_path / "my_conv.py").write_text(source)
    exercise = load_exercise("conv")
    result = grade(
        load(tmp_path / "my_conv.py"), exercise, seed=1, timing=False, explained=True, sandbox=sandboxes("conv")
    )
    cause = next(cause for cause in result.causes if "unchanged" in cause.checks)
    said = message.message(causes.shown(cause, result))
    assert "conv2d(np.array([[1.]]), " in said
    assert "`X` was changed by the call." in said
    assert "expected 1, got 2" in said
    assert "values" not in said


SPOILED = """
def pad2d(X, F, mode):
    try:
        return right(X, F, mode)
    except ValueError:
        X[:] = 0
        raise
"""


def test_what_a_call_that_raises_changes_is_told_by_its_name(tmp_path):
    source = (ROOT / "solutions" / "padding.py").read_text().replace("def pad2d", "def right") + SPOILED
    (tmp_path / "my_padding.py").write_text(source)
    result = grade(load(tmp_path / "my_padding.py"), load_exercise("padding"), seed=1, timing=False)
    assert "`X` was changed by the call" in "".join(message.message(check) for check in result.checks)
