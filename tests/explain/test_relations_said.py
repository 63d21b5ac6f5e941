"""What is said of a relation, and that whatever may be found can be said."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from grader.author.honesty import same
from grader.explain.arguments import rules
from grader.explain.formulas import fixed, sides, weak
from grader.model.explanation import AnswerRelation, Likeness
from grader.report.relations import sentence
from grader.sandbox.inside.wire import Array


def test_numbers_are_said_as_they_are():
    scaled = AnswerRelation(Likeness.SCALED, value=Fraction(1, 3))
    assert sentence(scaled) == "Your answer is the right one, divided by 3."
    part = AnswerRelation(Likeness.NEGATED, subjects=("softmax_cross_entropy",), part=1)
    assert sentence(part) == "The second value of your answer is the right one, with the sign changed."
    gradient = AnswerRelation(Likeness.PART, subjects=("Conv2D.dW",), value=(("N",), Fraction(1)))
    assert sentence(gradient) == "Your `Conv2D.dW` is the right one, divided by `N`."


SAMPLES = [
    *(2, 0.5, True, "valid", (3, 4, 5), None),
    *(Array(np.ones((2, 3, 4))), Array(np.ones(3)), [{"kernel_size": 3, "stride": 2}]),
]


def test_whatever_may_be_found_can_be_said():
    """Each kind of change and of substitution has its words."""
    for what, value, _ in (*fixed(), *weak(), *sides()):
        assert sentence(AnswerRelation(what, value=value)).endswith(".")
    for value in SAMPLES:
        bound = {"x": value, "y": value}
        for _, what, said, *_ in rules("x", value, bound, {"x": value}, {"x": ["valid", "same"]}):
            assert "`x`" in sentence(AnswerRelation(what, argument="x", value=said))


def test_relations_are_the_same_that_say_the_same():
    holes = AnswerRelation(Likeness.HOLES, value=float("nan"), cases=55)
    assert same(holes, AnswerRelation(Likeness.HOLES, value=float("nan"), cases=4))
    assert not same(holes, AnswerRelation(Likeness.HOLES, value=0.0, cases=55))
    scaled = AnswerRelation(Likeness.SCALED, value=0.3)
    assert same(scaled, AnswerRelation(Likeness.SCALED, value=0.3000001))
    assert not same(scaled, AnswerRelation(Likeness.SCALED, value=0.31))
