"""A rule is said only where it separates wrong from right on every case that was asked."""

from __future__ import annotations

from itertools import product
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.explain.rules import LEAST, Tried, agrees, both_sides, never_wrong, one_sided, says, statements, turned
from grader.model.explanation import FactorRule, Literal, Relation
from grader.report.causes import rule_said
from solutions.loss import softmax_cross_entropy
from tests.explain.test_relations import search

CASES = [
    {"H": h, "W": w, "stride": s, "dtype": d}
    for h, w, s, d in product(range(1, 6), range(1, 6), [1, 2, 3], ["float64", "int8"])
]


def outcomes(wrong) -> list[Tried]:
    return [Tried(case, wrong(case)) for case in CASES]


def first(found: list[Tried]):
    return next(statements(found), None)


@pytest.mark.parametrize(
    ("wrong", "literals"),
    [
        (lambda c: c["stride"] > 1, [("stride", Relation.ABOVE, 1)]),
        (lambda c: c["dtype"] == "int8", [("dtype", Relation.IS, "int8")]),
        (lambda c: c["stride"] == 2, [("stride", Relation.IS, 2)]),
        (lambda c: c["H"] != c["W"], [("H", Relation.UNLIKE, "W")]),
        (lambda c: c["H"] % 2 == 0, [("H", Relation.EVEN, None)]),
        (lambda c: c["H"] in (2, 3, 5), [("H", Relation.ONE_OF, (2, 3, 5))]),
        (
            lambda c: c["stride"] == 3 and c["dtype"] == "int8",
            [("stride", Relation.IS, 3), ("dtype", Relation.IS, "int8")],
        ),
    ],
    ids=["stride", "dtype", "one stride", "squares only", "even", "some", "two"],
)
def test_the_simplest_statement_comes_first(wrong, literals):
    found = first(outcomes(wrong))
    assert {(x.factor, x.relation, x.value) for x in found} == set(literals)


def test_no_statement_where_one_case_disagrees():
    odd_one = {"H": 5, "W": 5, "stride": 3, "dtype": "int8"}
    assert first(outcomes(lambda c: c["stride"] == 2 or c == odd_one)) is None


@settings(max_examples=40)
@given(st.sets(st.integers(0, len(CASES) - 1), min_size=1, max_size=len(CASES) - 1))
def test_whatever_is_said_holds_on_all_cases(numbers):
    found = [Tried(case, i in numbers) for i, case in enumerate(CASES)]
    assert all(agrees(statement, found) for statement in statements(found))


def test_it_is_said_where_alone_it_is_wrong_if_that_is_most_of_the_cases_there():
    mostly = outcomes(lambda c: c["H"] > 2 and c["W"] != 3)
    [(best, (inside, of)), *_] = one_sided(mostly)
    assert inside / of >= 0.5
    assert all(says(best, o.case) for o in mostly if o.wrong)
    assert not one_sided(outcomes(lambda c: c["H"] > 2 and c["W"] == 3 and c["dtype"] == "uint8"))
    assert not one_sided(outcomes(lambda c: True))


def test_what_is_wrong_for_either_of_two_reasons_is_right_where_there_is_neither():
    found = outcomes(lambda c: c["stride"] > 1 or c["dtype"] == "int8")
    assert not list(statements(found))
    literals = next(statements(turned(found)))
    assert {(x.factor, x.relation, x.value) for x in literals} == {
        ("stride", Relation.IS, 1),
        ("dtype", Relation.IS, "float64"),
    }
    text = rule_said(FactorRule(literals, 300, right=True))
    assert text == "Right exactly where `stride` is 1 and `dtype` is float64, and wrong in all other cases."


def test_two_reasons_that_do_not_always_matter():
    found = outcomes(lambda c: (c["stride"] > 1 and c["H"] > 1) or c["dtype"] == "int8")
    assert not list(statements(turned(found)))
    literals, (wrong, others) = never_wrong(found, 20)
    assert not any(says(literals, o.case) for o in found if o.wrong)
    assert (wrong, others) == (sum(o.wrong for o in found), sum(not says(literals, o.case) for o in found))
    assert never_wrong(found, 1000) is None


def test_a_rule_says_whether_it_is_wrong_there_alone_or_exactly_there():
    wide = (Literal("Fw", Relation.IS, 2),)
    assert rule_said(FactorRule(wide, 300)) == "Wrong exactly where `Fw` is 2."
    assert rule_said(FactorRule(wide, 300, (58, 105))) == "Wrong only where `Fw` is 2: in 58 of 105 such cases."
    assert rule_said(FactorRule(wide, 300, (105, 105))) == "Wrong exactly where `Fw` is 2."
    assert rule_said(FactorRule(wide, 300, (9, 9), right=True)).startswith("Right exactly where `Fw` is 2")


def test_words_beside_other_values_and_blanks_are_in_quotes():
    said = {
        ("half", "va"): "`mode` is half or va",
        ("same ", "va"): "`mode` is 'same ' or 'va'",
        ("half", None, 2): "`mode` is 'half', None or 2",
    }
    for values, text in said.items():
        assert text in rule_said(FactorRule((Literal("mode", Relation.ONE_OF, values),), 300))
    assert "`head` is ''." in rule_said(FactorRule((Literal("head", Relation.IS, ""),), 300))
    assert "`head` is gap." in rule_said(FactorRule((Literal("head", Relation.IS, "gap"),), 300))


def test_what_several_ways_to_call_have_in_common_is_said():
    said = {
        ("again", "answer afterwards", "positional"): "Wrong exactly where the arguments are given by position.",
        ("arguments afterwards", "keywords"): "Wrong exactly where the arguments are given by name.",
    }
    for ways, text in said.items():
        assert rule_said(FactorRule((Literal("call", Relation.ONE_OF, ways),), 300)) == text


def test_it_is_not_wrong_exactly_there_where_a_few_small_cases_are_right():
    """A gradient that is zero is right whatever it is scaled by: seldom, and but for two or three images never."""
    wrong = ModuleType("wrong")

    def not_divided(logits, labels):
        loss, gradient = softmax_cross_entropy(logits, labels)
        return loss, gradient * len(logits)

    wrong.softmax_cross_entropy = not_divided
    found, asked = search("loss", 0, wrong)
    rule = found.rule(asked.log)
    inside, of = rule.share
    assert {(x.factor, x.relation, x.value) for x in rule.literals} == {
        ("N", Relation.ABOVE, 1),
        ("K", Relation.ABOVE, 1),
    }
    assert 0.9 * of < inside < of


def test_a_statement_of_nothing_but_wrong_cases_is_none():
    assert not both_sides(outcomes(lambda c: True), 1)
    assert not both_sides(outcomes(lambda c: c["H"] == 1)[: LEAST + 5], LEAST)
    assert says((Literal("H", Relation.BELOW, 3),), CASES[0])
