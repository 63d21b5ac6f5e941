"""What a student reads of whole files whose mistake has no name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.exercise import ROOT, load_exercise
from grader.judge.grade import grade
from grader.model import Result
from grader.report import causes
from grader.report.text import to_text
from grader.submission.load import load

pytestmark = pytest.mark.usefixtures("time_to_explain")


@pytest.fixture
def graded(tmp_path: Path) -> Callable[[str, str, str], Result]:
    """Grade the reference with one piece of it replaced."""

    def of(slug: str, old: str, new: str) -> Result:
        source = (ROOT / "solutions" / f"{slug}.py").read_text()
        assert old in source
        path = tmp_path / f"my_{slug}.py"
        path.write_text(source.replace(old, new, 1))
        return grade(load(path), load_exercise(slug), seed=1, timing=False, explained=True)

    return of


def said(result: Result) -> str:
    return " ".join(to_text(result).split())


def test_a_momentum_that_is_turned_round_is_found(graded):
    result = graded("batchnorm", "m, unbiased = self.momentum", "m, unbiased = 1 - self.momentum")
    assert causes.relation(result.causes[0], result).endswith("for 1 − `momentum` in place of `momentum`.")


def test_a_gradient_is_called_as_in_the_contract(graded):
    result = graded("backprop", '"nohw,nchwpq->ocpq", dout', '"nohw,nchwpq->ocqp", dout')
    text = said(result)
    assert "The gradient with respect to W is wrong." in text
    assert "with respect to X is wrong" not in text
    assert "`dW` has the right shape" in text


def test_an_argument_that_is_changed_as_well_is_said(graded):
    result = graded("separable", "    X, K = np.asarray(X", "    X[:, 0] = 0\n    X, K = np.asarray(X")
    assert "Your code also changes its" in said(result)


def test_an_object_is_called_and_not_its_class(graded):
    text = said(graded("debug_cnn", "F.relu(self.conv1(x))", "F.tanh(self.conv1(x))"))
    assert "FixedCNN(…)(<array 1×1×28×28 float32>)" in text
    assert "The gradients of `FixedCNN` are wrong." in text


def test_of_a_dict_only_the_wrong_entry_is_shown(graded):
    text = said(graded("mc_dropout", "part.training = mode\n", "part.training = True\n"))
    assert "should be 'eval', but is 'train'." in text
    assert "expected {" not in text


def test_a_rule_for_a_few_cases_that_are_right_by_chance_is_not_said(graded):
    result = graded("loss", "(np.exp(log_p) - one_hot) / N", "(np.exp(log_p) - 2 * one_hot) / N")
    assert "float16" not in causes.rule(result.causes[0], result)
