"""Parallel forms ask the same at every place, and no question gives another one's answer away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generators.blueprint import load_blueprint
from generators.build import build, rebuild
from generators.forms import betrayals, demand, equal_demand, traces
from generators.model import DIFFICULTY, Question
from generators.paper import Paper, make_papers


def forms(name: str, seed: int) -> list[Paper]:
    return make_papers(load_blueprint(name), seed, 3)


def everything(papers: list[Paper]) -> list[Question]:
    return [question for paper in papers for question in paper.questions]


@pytest.mark.parametrize("name", ["gate-cnn", pytest.param("chapter-test", marks=pytest.mark.slow),
                                  pytest.param("gate-full", marks=pytest.mark.slow)])  # fmt: skip
def test_three_forms_are_equal_and_give_nothing_away(name: str) -> None:
    papers = forms(name, 5)
    assert equal_demand([list(paper.questions) for paper in papers]) == []
    assert betrayals(everything(papers)) == []
    minutes = [sum(question.minutes for question in paper.questions) for paper in papers]
    assert max(minutes) <= 1.1 * min(minutes)


def test_another_task_is_another_demand() -> None:
    saving, left = (rebuild("pool_saving", {"ask": ask, "F": 2, "n": 7, "C": 16, "mode": "max"}, kind="NAT")
                    for ask in ("ratio", "left"))  # fmt: skip
    assert demand(saving) != demand(left)
    assert equal_demand([[saving], [left]]) == [1]
    assert equal_demand([[left], [left]]) == []


def test_the_same_with_another_slip_or_about_something_else_gives_away() -> None:
    chain = {"task": "params", "a": 32, "b": 3, "c": 1, "d": 2}
    task = build("spot_error", 1).params["task"]
    one, other = (rebuild("spot_error", chain | {"task": task, "wrong": wrong}) for wrong in (1, 2))
    assert betrayals([one, other]) == [(1, 2)]
    assert betrayals([one, rebuild("spot_error", chain | {"task": task, "wrong": 2, "a": 45})]) == []
    answer = rebuild("conv_params", {"F": 3, "Ci": 64, "Co": 128, "H": 32, "bias": True}, kind="NAT")
    shown = replace(traces(build("macs", 1)), shown=frozenset({73856.0}))
    assert traces(answer).betrays(shown)


def test_marks_minutes_and_difficulty_come_from_the_variants_work() -> None:
    four, eight = (rebuild("pooling", {"mode": "max", "F": 2, "S": 2, "X": [list(range(n)) for _ in range(n)]})
                   for n in (4, 8))  # fmt: skip
    assert (four.marks, eight.marks) == (1, 2)
    assert four.minutes < eight.minutes
    small, large = (rebuild("conv_by_hand", {"X": [[1] * n for _ in range(n)], "K": [[1, 2], [0, 1]], "b": 0, "S": 1})
                    for n in (3, 6))  # fmt: skip
    assert small.minutes < large.minutes
    assert DIFFICULTY.index(small.difficulty) <= DIFFICULTY.index(large.difficulty)
