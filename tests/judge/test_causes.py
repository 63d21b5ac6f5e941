"""What went wrong once is said once: each lost point has one cause, and the headline says what is so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.exercise import ROOT, load_exercise
from grader.judge.grade import grade
from grader.model import CheckResult, Result, Verdict
from grader.model.cause import Cause, Why
from grader.model.explanation import Explanation
from grader.model.findings import Asked, Aspect, Mismatch, Place, innermost
from grader.report import causes
from grader.report.as_json import to_dict
from grader.report.text import to_text
from grader.submission.load import load

HELP = "import numpy as np\n"
RIGHT = (ROOT / "solutions" / "conv.py").read_text()


@pytest.fixture
def graded(tmp_path: Path) -> Callable[[str], Result]:
    """Grade a source as a submission to conv."""

    def run(source: str) -> Result:
        (tmp_path / "my_conv.py").write_text(source)
        return grade(load(tmp_path / "my_conv.py"), load_exercise("conv"), seed=1, timing=False)

    return run


def headlines(result: Result) -> list[str]:
    return [causes.headline(c, result) for c in result.causes]


SOURCES = {
    "starter": (ROOT / "exercises" / "conv" / "starter.py").read_text(),
    "one of two": RIGHT[: RIGHT.index("def conv2d_multichannel")],
    "values": "def conv2d(X, K, stride=1, padding=0): return X\n",
    "raises": f"{HELP}def conv2d(X, K, stride=1, padding=0): return np.zeros(3)[99]\n",
    "does not load": "def conv2d(X, K): return X\nraise ValueError\n",
    "is no Python": "def conv2d(X, K:\n",
    "loops": "def conv2d(X, K, stride=1, padding=0):\n    while True: pass\n",
    "named": (ROOT / "exercises" / "conv" / "wrong" / "kernel_flipped.py").read_text(),
    "right": RIGHT,
}


@pytest.mark.sampled(quick=4)
@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_lost_point_has_one_cause(graded, source):
    result = graded(source)
    data = to_dict(result)
    lost = [c.name for c in result.checks if c.score < c.max_score]
    assert Counter(name for cause in data["causes"] for name in cause["checks"]) == Counter(lost)
    assert sum(cause["points"] for cause in data["causes"]) == data["max_score"] - data["score"]
    points = [cause["points"] for cause in data["causes"]]
    assert points == sorted(points, reverse=True)
    keys = {"checks", "points", "headline", "misconception", "rule", "relation", "case", "lines"}
    assert all(cause.keys() == keys for cause in data["causes"])


def test_an_untouched_starter_reads_in_six_lines(graded):
    shown = to_text(graded(SOURCES["starter"])).strip().split("\n")
    assert len(shown) <= 6
    assert "Nothing is written yet. Start with `conv2d`" in "\n".join(shown)


def test_what_is_done_is_said_first(graded):
    unwritten = "def conv2d_multichannel(X, K, b, stride=1, padding=0):\n    raise NotImplementedError\n"
    shown = to_text(graded(f"{RIGHT}\n{unwritten}"))
    assert shown.index("✓ `conv2d` is done: ") < shown.index("`conv2d_multichannel` is still to be written.")
    assert shown.count("NotImplementedError") == 0


RETURNS = {
    "    Y = X + 1\n": (Why.NO_RETURN, "ends without `return`"),
    "    return\n": (Why.NO_RETURN, "ends without `return`"),
    "    print(X + 1)\n": (Why.PRINTS, "prints its result and does not return it"),
    "    if stride == 7:\n        return X\n": (Why.SOME_RETURN, "in some cases"),
    "    for _ in X:\n        return None\n    return X\n": (Why.SOME_RETURN, "in some cases"),
}


@pytest.mark.parametrize(("body", "said"), RETURNS.items(), ids=str)
def test_a_missing_return_is_said_in_these_words(graded, body, said):
    result = graded(f"def conv2d(X, K, stride=1, padding=0):\n{body}")
    [why] = {c.why for c in result.causes} - {Why.NOT_DEFINED}
    assert why is said[0]
    assert any("`conv2d`" in line and said[1] in line for line in headlines(result))


def test_none_that_another_function_gave_is_not_said_to_be_a_missing_return(graded):
    result = graded("def helper(): pass\ndef conv2d(X, K, stride=1, padding=0):\n    return helper()\n")
    assert not any("return`" in line for line in headlines(result))


ASKED = {
    "layer0.weight: how many of 15 survive": "`layer0.weight`: “how many of 15 survive” is wrong.",
    "FixedCNN: gradients": "The gradients of `FixedCNN` are wrong.",
    "ConvNeXtBlock: residual branch": "The residual branch of `ConvNeXtBlock` is wrong.",
    "lottery_ticket: all matrices": "`lottery_ticket`: “all matrices” is wrong.",
    "the gradient with respect to W: its slope": "The gradient with respect to W is wrong.",
    "number of parameters of FixedCNN": "Number of parameters of FixedCNN is wrong.",
    "BatchNorm2D.gamma": "`BatchNorm2D.gamma` is wrong.",
}


@pytest.mark.parametrize(("label", "said"), ASKED.items())
def test_a_name_keeps_its_letters_where_a_sentence_begins(label, said):
    assert causes.wrong(label) == said


def test_the_same_exception_from_the_same_line_is_one_cause(graded):
    result = graded(SOURCES["raises"])
    [cause] = [c for c in result.causes if c.why is Why.RAISED]
    assert causes.headline(cause, result) == "Line 2 raises IndexError."
    assert len(cause.checks) > 5


def test_two_lines_that_raise_are_two_causes(graded):
    body = "    if stride > 1:\n        raise KeyError('a')\n    raise KeyError('b')\n"
    result = graded(f"def conv2d(X, K, stride=1, padding=0):\n{body}")
    assert {"Line 3 raises KeyError.", "Line 4 raises KeyError."} <= set(headlines(result))


CALLS_TRAIN_TOO_OFTEN = """
import numpy as np
def prune_smallest(weights, masks, fraction=0.2):
    return masks
def lottery_ticket(model, train_fn, rounds, fraction=0.2):
    train_fn(None)
    return []
"""


@pytest.mark.slow
def test_a_line_of_a_helper_is_not_said_to_be_the_students(tmp_path):
    (tmp_path / "mine.py").write_text(CALLS_TRAIN_TOO_OFTEN)
    result = grade(load(tmp_path / "mine.py"), load_exercise("pruning"), seed=1, timing=False)
    raised = [c for c in result.causes if c.why is Why.RAISED]
    assert {causes.headline(c, result) for c in raised} == {"Line 6 raises AttributeError."}
    assert {line.line for c in raised for line in causes.lines(c, result)} == {6}


def test_an_exception_within_a_helper_alone_has_no_line_of_the_students():
    lines = (Place(43, "raise error", "_kit/kit.py", "possible"),)
    assert innermost(lines) is None
    assert innermost((Place(6, "train_fn(None)", "mine.py"), *lines)) == Place(6, "train_fn(None)", "mine.py")


def test_what_is_asked_of_an_object_is_in_the_headline():
    asked = Mismatch(asked=Asked("network: output"), aspect=Aspect.VALUES)
    check = CheckResult("values", "Values.", Verdict.WRONG_ANSWER, 0, 1, findings=(asked,))
    result = Result("mnist_cnn", "A network", "mine.py", 1, "capped", [check])
    assert causes.headline(Cause(Why.OTHER, ("values",), 1), result) == "The output of `network` is wrong."


def test_the_headline_of_an_attribute_names_what_is_shown_below():
    found, small = (
        Mismatch(asked=Asked(f"BatchNorm2D.{name}"), aspect=Aspect.VALUES) for name in ("running_mean", "running_var")
    )
    explained = Explanation(smallest=small)
    check = CheckResult("any", "Any.", Verdict.WRONG_ANSWER, 0, 1, findings=(found,), explanation=explained)
    result, cause = Result("batchnorm", "", "mine.py", 1, "capped", [check]), Cause(Why.OTHER, ("any",), 1)
    assert causes.headline(cause, result) == "`BatchNorm2D.running_var` is wrong."
    called = replace(explained, smallest=Mismatch(asked=Asked("BatchNorm2D.forward", ()), aspect=Aspect.VALUES))
    result.checks[0] = replace(check, explanation=called)
    assert causes.headline(cause, result) == "`BatchNorm2D.forward` returns wrong values."
