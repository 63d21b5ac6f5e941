"""Numbers that are cut, what is so only where it is wrong, attributes that stay, and words for all of that."""

from __future__ import annotations

import numpy as np
import pytest

from grader.explain.arguments import rules
from grader.model.explanation import AnswerRelation, Likeness
from grader.report.relations import sentence
from grader.sandbox.inside.wire import Array
from solutions.conv import conv2d
from solutions.pooling import avg_pool2d
from tests.explain.test_relations import of_conv2d, relation


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda X, K, s, p: conv2d(X.astype(int), K, s, p), "for `X` cut to whole numbers."),
        (lambda X, K, s, p: np.trunc(conv2d(X, K, s, p)), "cut to whole numbers."),
        (lambda X, K, s, p: conv2d(X, K, s, p) // 1, "rounded down to whole numbers."),
    ],
    ids=["X", "the answer", "divided"],
)
def test_numbers_that_are_cut_are_seen(change, text):
    assert sentence(of_conv2d(change)).endswith(text)


def test_what_is_not_so_where_it_is_right_is_said_of_what_is_wrong():
    relu = "the right one, with 0 for every negative value."
    always = of_conv2d(lambda X, K, s, p: np.maximum(conv2d(X, K, s, p), 0))
    assert sentence(always) == f"Your answer is {relu}"
    sometimes = of_conv2d(lambda X, K, s, p: np.maximum(conv2d(X, K, s, p), 0 if s == 2 else -np.inf))
    assert sentence(sometimes) == f"Where it is wrong, your answer is {relu}"


def test_another_default_is_said_by_its_value():
    found = relation("pooling", 1, "avg_pool2d", lambda X, pool_size=2, stride=3: avg_pool2d(X, pool_size, stride))
    assert sentence(found) == "Where it is wrong, your answer is the right one for `stride` 3."


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("W", "gamma", "beta"), "Your `Parameters.b` stays as it was."),
        (("gamma", "beta"), "Your `Parameters.W` and `Parameters.b` stay as they were."),
    ],
    ids=["one", "two"],
)
def test_attributes_that_no_call_changes(names, text):
    def update_params(layers, lr=0.01):
        for layer in layers:
            for name in names:
                if hasattr(layer, name) and hasattr(layer, f"d{name}"):
                    setattr(layer, name, getattr(layer, name) - lr * getattr(layer, f"d{name}"))

    assert sentence(relation("training", 2, "update_params", update_params)) == text


def test_what_a_helper_looks_at_is_said_in_its_words():
    said = AnswerRelation(Likeness.MORE, ("Map: how often f was called",), value=1)
    assert sentence(said) == "“how often f was called” is the right one, plus 1."


def test_a_corner_and_a_lost_axis_in_words():
    corner = AnswerRelation(Likeness.ONLY, argument="K", value="top left corner")
    assert sentence(corner).endswith("for `K` with zeros everywhere but in its top left corner.")
    known = rules("K", Array(np.ones((3, 3))), {}, {}, {})
    assert corner.value in {value for _, what, value, *_ in known if what is Likeness.ONLY}
    text = "Your answer lacks the first axis of the right one: it is only the first entry along it."
    assert sentence(AnswerRelation(Likeness.FIRST)) == text
