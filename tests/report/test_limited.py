"""Feedback levels: nothing above a level is in any format, and what is below it is still there."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from grader.cli.work.renderers import RENDERERS
from grader.model import CheckResult, Misconception, Overlay, Result, Verdict
from grader.model.cause import Cause, Why
from grader.model.explanation import Explanation, FactorRule, Literal, Relation
from grader.model.feedback import Feedback
from grader.model.findings import Asked, Aspect, Mismatch, Numbers, Outline, Place, Raised
from grader.report.limited import limited
from grader.sandbox.inside.wire import Array

VALUES = Mismatch(
    asked=Asked("conv2d", ((None, Array(np.array([[4711.0]]))),)),
    aspect=Aspect.VALUES,
    expected=Outline("ndarray", (1, 1), "float64"),
    actual=Outline("ndarray", (1, 1), "float64"),
    numbers=Numbers((1, 1), (1, 1), (0, 0), 4712.0, 4713.0, 1.0, 1, [[4712.0]], [[4713.0]], (0, 0)),
)
RAISES = Raised(
    kind="ValueError",
    type="ValueError",
    said="shape 4714",
    lines=(Place(18, "raise ValueError(4715)", "my_conv.py"),),
    asked=Asked("multi", ((None, Array(np.array([4716.0]))),)),
)
RULE = FactorRule((Literal("stride", Relation.IS, 4717),), 250)
FLIPPED = Misconception("kernel-flipped", "Kernel flipped", "It meets the window as it stands.")
LOST = {"verdict": Verdict.WRONG_ANSWER, "score": 0.0, "max_score": 2.0}
RESULT = Result(
    "conv",
    "Convolution",
    "my_conv.py",
    7,
    "confined",
    [
        CheckResult("named", "Values.", findings=(VALUES,), misconception=FLIPPED, **LOST),
        CheckResult("raises", "Channels.", findings=(RAISES,), overlay=Overlay([[0.4718]], [[1.0]], [[0.0]]), **LOST),
        CheckResult("space", "Any.", findings=(VALUES,), explanation=Explanation(VALUES, RULE), **LOST),
    ],
    causes=(
        Cause(Why.NAMED, ("named",), 2.0, "kernel-flipped"),
        Cause(Why.RAISED, ("raises",), 2.0, ""),
        Cause(Why.OTHER, ("space",), 2.0, "conv2d"),
    ),
    notes=["One cell was left out."],
    stdout="4719",
)
HIDDEN = [str(n) for n in range(4711, 4720)]


def shown(form: str, level: Feedback) -> str:
    return RENDERERS[form]([limited(RESULT, level)], None)


@pytest.mark.parametrize("form", RENDERERS)
def test_no_value_is_shown_below_the_level_of_cases(form):
    assert any(number in shown(form, Feedback.CASE) for number in HIDDEN)
    for level in (Feedback.VERDICT, Feedback.NAME):
        assert not [number for number in HIDDEN if number in shown(form, level)]


@pytest.mark.parametrize("form", RENDERERS)
def test_names_are_shown_from_their_level_on(form):
    assert "Kernel flipped" not in shown(form, Feedback.VERDICT)
    assert "kernel-flipped" not in shown(form, Feedback.VERDICT)
    assert "Kernel flipped" in shown(form, Feedback.NAME)


@pytest.mark.parametrize("form", RENDERERS)
def test_points_and_titles_are_shown_at_every_level(form):
    assert "Channels." in shown(form, Feedback.VERDICT)


def test_json_says_null_and_nothing_for_what_is_hidden():
    told = json.loads(shown("json", Feedback.VERDICT))
    assert [c["message"] for c in told["checks"]] == ["", "", ""]
    assert all(c["evidence"] is c["misconception"] is c["overlay"] is None for c in told["checks"])
    hidden = {"headline": "", "misconception": None, "rule": None, "relation": None, "case": None, "lines": []}
    assert told["causes"] == [{"checks": [name], "points": 2.0} | hidden for name in ("named", "raises", "space")]


def test_headlines_are_told_with_names():
    told = json.loads(shown("json", Feedback.NAME))
    headlines = [cause["headline"] for cause in told["causes"]]
    assert headlines == ["Kernel flipped", "Line 18 raises ValueError.", "`conv2d` returns wrong values."]


def test_only_the_last_level_has_lines():
    lines = {level: [c["lines"] for c in json.loads(shown("json", level))["causes"]] for level in Feedback}
    assert lines[Feedback.CASE] == [[], [], []]
    assert lines[Feedback.LINE][1][0]["line"] == 18


def test_what_keeps_a_file_from_loading_is_told_at_every_level():
    broken = replace(RESULT, unloaded=RAISES, causes=())
    assert "shape 4714" in RENDERERS["text"]([limited(broken, Feedback.VERDICT)], None)
