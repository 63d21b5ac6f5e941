"""A call that is right alone and wrong after another one: that is what is said, and the script shows both."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.exercise import ROOT, load_exercise
from grader.judge.grade import grade
from grader.model import Result
from grader.report import causes, script
from grader.report.text import to_text
from grader.submission.load import load

pytestmark = pytest.mark.usefixtures("time_to_explain")

CACHE = """
_answers = {}
_right = conv2d
def conv2d(X, K, stride=1, padding=0):
    key = np.shape(X), np.shape(K), stride, padding
    if key not in _answers:
        _answers[key] = _right(X, K, stride, padding)
    return _answers[key]
"""
ADDED_UP = """
_total = 0
_right = conv2d
def conv2d(X, K, stride=1, padding=0):
    global _total
    _total += 1
    return _total * _right(X, K, stride, padding)
"""
SHARED = """
class Counted(Dense):
    seen = []
    def forward(self, X):
        self.seen.append(X)
        return super().forward(X)
    def backward(self, dout):
        dX = super().backward(dout)
        self.dW = sum(X.T @ dout for X in self.seen if X.shape == self.X.shape)
        return dX
Dense = Counted
"""


@pytest.fixture
def graded(tmp_path: Path) -> Callable[[str, str], Result]:
    """Grade the reference with something added."""

    def of(slug: str, added: str) -> Result:
        path = tmp_path / f"my_{slug}.py"
        path.write_text((ROOT / "solutions" / f"{slug}.py").read_text() + added)
        return grade(load(path), load_exercise(slug), seed=1, timing=False, explained=True)

    return of


def said(result: Result) -> str:
    return " ".join(to_text(result).split())


def test_a_cache_keyed_on_the_shape_is_said_to_depend_on_earlier_calls(graded, tmp_path):
    result = graded("conv", CACHE)
    assert causes.headline(result.causes[0], result) == "What `conv2d` gives depends on earlier calls."
    assert "# the call before" in said(result)
    assert "Alone, this call gives the right answer; after the call before it, a wrong one." in said(result)
    assert causes.rule(result.causes[0], result) == ""
    assert causes.relation(result.causes[0], result) == ""


def test_the_script_has_both_calls_and_goes_wrong(graded, tmp_path):
    result = graded("conv", CACHE)
    case = causes.case(result.causes[0], result)
    assert case is not None
    source = script.script(case, result)
    assert source.count("conv2d(") == 2
    (tmp_path / "case_1.py").write_text(source)
    ended = subprocess.run([sys.executable, "case_1.py"], cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 1, ended.stdout + ended.stderr


def test_the_same_call_with_two_answers_is_said(graded):
    assert "The first time, this call gives the right answer; the second time, a wrong one." in said(
        graded("conv", ADDED_UP)
    )


def test_objects_that_share_what_they_should_not(graded):
    text = said(graded("backprop", SHARED))
    assert "Your result depends on earlier calls." in text


def test_a_plain_mistake_does_not_depend_on_earlier_calls(graded):
    wrong = "\n_right = conv2d\ndef conv2d(X, K, stride=1, padding=0): return 2 * _right(X, K, stride, padding)\n"
    result = graded("conv", wrong)
    assert "earlier calls" not in said(result)
    assert causes.relation(result.causes[0], result) == "Your answer is the right one, multiplied by 2."
