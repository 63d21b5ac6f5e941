"""A rule is said in words that a student knows; where it would be a list of many phrases, it is not said."""

from __future__ import annotations

from typing import Any

import pytest

from grader.explain.rules import Tried, statements
from grader.model.explanation import FactorRule, Literal, Relation
from grader.report.factors import readable, rule_said

SAID = [
    ("integers", Relation.IS, "np.int64", "sizes are NumPy integers (`np.int64`)"),
    ("call", Relation.IS, "again", "it is called a second time with the same arguments"),
    ("options", Relation.IS, "keywords", "the constructor's arguments are given by name"),
    ("magnitude", Relation.IS_NOT, "large", "the numbers are not large and positive"),
    ("passes", Relation.IS_NOT, "forward", "backward was called, too"),
    ("alive", Relation.IS_NOT, "all", "weights were pruned before"),
    ("mode", Relation.NONE_OF, ("full", "same", "valid"), "`mode` is none of full, same and valid"),
    ("stride", Relation.IS, 2, "`stride` is 2"),
]


@pytest.mark.parametrize(("factor", "relation", "value", "said"), SAID)
def test_a_factor_is_said_in_words(factor: str, relation: Relation, value: Any, said: str):
    assert rule_said(FactorRule((Literal(factor, relation, value),), 300)) == f"Wrong exactly where {said}."


def test_many_ways_to_call_are_no_rule():
    ways = ("positional", "again", "arguments afterwards", "without gradients", "defaults")
    assert not readable("call", ways[:3])
    assert readable("call", ("keywords", "arguments afterwards"))
    cases = [Tried({"call": way, "n": n}, way in ways[:3]) for way in ways for n in (1, 2)]
    assert not list(statements(cases))


def test_of_many_values_those_are_said_that_are_right():
    modes = ["valid", "same", "full", "half", "Full", "va", "SAME", None]
    cases = [Tried({"mode": mode}, mode not in modes[:3]) for mode in modes]
    assert next(statements(cases)) == (Literal("mode", Relation.NONE_OF, ("full", "same", "valid")),)
