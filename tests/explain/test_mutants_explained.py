"""What is said of mutants, of which the mistake is known, holds on fresh inputs; the table in the docs counts it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from itertools import takewhile

import numpy as np
import pytest

from grader.author import beside, explained, honesty, trial
from grader.author.explained import drawn, examine
from grader.author.honesty import Doubter
from grader.author.table import CaseRow, ExplainedRow, R, table
from grader.exercise import all_exercises, load_exercise
from grader.model import CheckResult, Misconception, Verdict
from grader.model.explanation import (
    AnswerRelation,
    Case,
    Explanation,
    Extent,
    FactorRule,
    Likeness,
    Literal,
    Piece,
    Relation,
    Step,
)
from grader.sandbox.inside.ops import Call
from grader.sandbox.inside.wire import Array, Name

QUICK = "receptive_field"
NUMPY = [e.slug for e in all_exercises() if e.framework == "numpy"]


pytestmark = pytest.mark.usefixtures("nothing_remembered_afterwards")


@pytest.fixture
def few_draws(monkeypatch):
    monkeypatch.setattr(honesty, "NAMES", {"numpy": 10, "torch": 1})
    monkeypatch.setattr(honesty, "SPACES", {"numpy": 1, "torch": 1})


def examined(slug: str, sample: int, lines: int = 0) -> tuple[ExplainedRow, CaseRow]:
    return examine(load_exercise(slug), Namespace(sample=sample, after=0, seed=5, lines=lines))


def assert_honest(row: ExplainedRow) -> None:
    assert (row.false, row.violated) == (0, 0)
    assert row.failing >= max(row.case, row.rule, row.relation, row.named, row.raised + row.silent)
    assert row.first <= row.three <= row.searched


def assert_same_cases(row: ExplainedRow, cases: CaseRow) -> None:
    assert (row.slug, row.failing, row.case) == (cases.slug, cases.failing, cases.case)
    assert cases.small <= cases.case


@pytest.mark.slow
def test_nothing_false_is_said_of_a_few_mutants(few_draws):
    row, cases = examined(QUICK, 5)
    assert row.mutants == 5
    assert row.case == row.failing == cases.small > 2
    assert_honest(row)
    assert_same_cases(row, cases)


@pytest.mark.sampled(ci=11)
@pytest.mark.slow
@pytest.mark.parametrize("slug", NUMPY)
def test_nor_of_mutants_of_other_exercises(slug, few_draws):
    row, cases = examined(slug, 4, 1)
    assert_honest(row)
    assert_same_cases(row, cases)


def test_a_sample_has_every_kind_of_edit_and_is_the_same_for_the_same_seed():
    exercise = load_exercise(QUICK)
    first, again, other = (drawn(exercise, 30, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert {m.kind for _, m in first} == {m.kind for _, m in drawn(exercise, 10**6, 1)}


@pytest.mark.parametrize(("sizes", "small"), [((), 0), ((12,), 1), ((13,), 0), ((2, 12), 1), ((13, 2), 0)])
def test_cases_are_small_where_none_writes_out_many_numbers(sizes, small):
    drawn = [Array(np.random.default_rng(size).normal(size=size)) for size in sizes]
    steps = [Step(Call(Name("submission", "conv2d"), [array], {})) for array in drawn]
    found = [Explanation(), None, *(Explanation(case=Case((step,), 1, 2)) for step in steps)]
    checks = [CheckResult("", "", Verdict.WRONG_ANSWER, 0, 1, explanation=e) for e in found]
    counted = explained._shown(load_exercise("conv"), Namespace(checks=checks))
    assert counted == CaseRow("conv", 1, int(bool(sizes)), small)


# ---------------------------------------------------------------- what is not so is found

SPACE = "any_receptive_field"
SAID = {
    "name": {"misconception": Misconception("strides-ignored", "", "")},
    "rule": {"explanation": Explanation(rule=FactorRule((Literal("s1", Relation.IS, 1),), 200))},
    "relation": {"explanation": Explanation(relation=AnswerRelation(Likeness.EXCHANGED))},
    "only": {"explanation": Explanation(rule=FactorRule((Literal("s1", Relation.IS, 1),), 200, (90, 100)))},
}


@pytest.mark.parametrize("kind", SAID)
def test_what_is_not_so_is_found(kind, few_draws):
    exercise = load_exercise(QUICK)
    told = replace(CheckResult(SPACE, "", Verdict.WRONG_ANSWER, 0, 1), **SAID[kind])
    path = exercise.folder / "wrong" / "kernel_not_minus_one.py"
    [doubt] = Doubter(exercise, path).doubts([told])
    assert doubt.startswith(f"{kind.replace('only', 'rule')}: {SPACE}")


def test_a_name_that_is_so_is_not_doubted(few_draws):
    exercise = load_exercise(QUICK)
    told = CheckResult(SPACE, "", Verdict.WRONG_ANSWER, 0, 1, misconception=Misconception("strides-ignored", "", ""))
    assert not list(Doubter(exercise, exercise.folder / "wrong" / "strides_ignored.py").doubts([told]))


def test_a_relation_is_doubted_by_no_case_in_which_an_argument_is_left_out(tmp_path):
    """All that is left is pruned, as with fraction 1; the first of the fresh cases takes the default."""
    exercise = load_exercise("pruning")
    trial.scopes(exercise, exercise.reference_file)  # imports torch, for which one call has no time
    right = (exercise.folder / "right" / "plain_loops.py").read_text()
    wrong = tmp_path / "all_pruned.py"
    wrong.write_text(right.replace("alive[:int(len(alive) * fraction)]", "alive[:]"))
    assert wrong.read_text() != right
    said = Explanation(relation=AnswerRelation(Likeness.EQUAL, ("",), "fraction", 1))
    told = CheckResult("any_prune_smallest", "", Verdict.WRONG_ANSWER, 0, 1, explanation=said)
    assert not list(Doubter(exercise, wrong).doubts([told]))
    none = replace(said, relation=replace(said.relation, value=0))
    assert list(Doubter(exercise, wrong).doubts([replace(told, explanation=none)]))


def doubts_of(slug, space, changed, said, tmp_path):
    """What is held against relations said of a right file's copy with `changed`: (file, before, after)."""
    exercise = load_exercise(slug)
    trial.scopes(exercise, exercise.reference_file)  # may import torch, for which one call has no time
    name, before, after = changed
    right, wrong = (exercise.folder / name).read_text(), tmp_path / "changed.py"
    wrong.write_text(right.replace(before, after))
    assert wrong.read_text() != right
    told = CheckResult(f"any_{space}", "", Verdict.WRONG_ANSWER, 0, 1)
    doubter = Doubter(exercise, wrong)
    return [bool([*doubter.doubts([replace(told, explanation=Explanation(relation=each))])]) for each in said]


def test_a_region_is_doubted_only_where_it_is_wrong(tmp_path):
    """The first cases in order have one pixel: the last channel tells nothing there, but is right as everywhere."""
    changed = ("right/shared_reduction.py", 'k == "d"', 'k <= "d"')
    regions = ("last entry along the second axis", "first entry along the second axis")
    said = [AnswerRelation(Likeness.RIGHT_AT, ("Inception",), value=region) for region in regions]
    assert doubts_of("inception", "Inception", changed, said, tmp_path) == [False, True]


def test_what_is_said_only_of_what_is_wrong_is_doubted_only_there(tmp_path):
    """Each jump is the last stride, which is right of one layer, and not of all layers where it is right."""
    changed = ("right/cumulative_product.py", "np.cumprod(s)", "s")
    last = AnswerRelation(Likeness.LAST, ("receptive_field",), "layers", part=1, extent=Extent.WRONG)
    said = [last, replace(last, argument="nothing")]
    assert doubts_of("receptive_field", "receptive_field", changed, said, tmp_path) == [False, True]


def test_which_of_several_answers_is_wrong_is_doubted_where_another_one_is(tmp_path):
    name, changed = "receptive_field", ("right/backwards.py", "r = (r - 1)", "r = (r + 1)")
    size, jump = Piece(name, 0, "size"), Piece(name, 1, "jump")
    sides = [((size,), (jump,)), ((size, jump), ()), ((jump,), (size,)), ((size,), (size, jump))]
    said = [AnswerRelation(Likeness.APART, (name,), value=value) for value in sides]
    assert doubts_of(name, name, changed, said, tmp_path) == [False, False, True, False]


def test_the_first_wrong_entry_is_doubted_where_it_is_of_another_kind(tmp_path):
    changed = ("right/counting_windows.py", "[current[0], 1, 1]", "[current[0], 2, 1]")
    said = [AnswerRelation(Likeness.FIRST_AT, value=kinds) for kinds in (("gap",), ("conv", "gap"), ("conv",))]
    assert doubts_of("shapes", "compute_output_shape", changed, said, tmp_path) == [False, False, True]


ENDLESS = """
import numpy as np

def max_pool2d(X, pool_size=2, stride=2):
    while X.shape[0] == 1:
        pass
    return np.zeros((0, 0))
"""


def test_a_call_without_an_end_is_not_held_against_a_relation(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "CALL_SECONDS", 0.05)
    monkeypatch.setattr(honesty, "CASES_ASKED", 40)
    (tmp_path / "endless.py").write_text(ENDLESS)
    told = CheckResult("any_max_pool2d", "", Verdict.WRONG_ANSWER, 0, 1)
    empty, number = (Explanation(relation=AnswerRelation(what)) for what in (Likeness.EMPTY, Likeness.NUMBER))
    doubts = [
        explained._doubts(load_exercise("pooling"), tmp_path / "endless.py", [replace(told, explanation=said)])
        for said in (empty, number)
    ]
    assert doubts[0] == ()
    assert doubts[1][0].startswith("relation: any_max_pool2d: Your answer is a single number")


# ---------------------------------------------------------------- the page in the docs


def test_the_page_has_ten_files_beside_pytest():
    page = explained.PAGE.read_text()
    for number, name in enumerate(beside.TEN, 1):
        assert f"### {number}. [`{name}`](../../tests/public/files/{name}.py)" in page
    assert page.count("\npytest:\n\n```text\n") == page.count("\ngrade:\n\n```text\n") == 10
    assert all(len(line) <= 80 for part in page.split("```text")[2:] for line in part.partition("```")[0].splitlines())


@pytest.mark.slow
def test_both_outputs_are_made_again():
    plain, graded = beside.pair(beside.TEN[0])
    assert plain.endswith("failed, 2 passed")
    assert "AssertionError" in plain
    assert graded.startswith("Convolution from scratch")
    assert "isolation" not in graded


def rows(kind: type[R]) -> list[R]:
    """Those of a table on the page, without the last, which sums them up."""
    below = explained.PAGE.read_text().partition("\n".join(kind.head()) + "\n")[2]
    lines = takewhile(lambda line: line.startswith("| "), below.split("\n"))
    every = [line.strip("| ").split(" | ") for line in lines]
    return [kind(slug, *map(int, counts)) for slug, *counts in every][:-1]


def test_the_table_in_the_docs_adds_up_and_has_nothing_false():
    own = rows(ExplainedRow)
    assert table(own, ExplainedRow) in explained.PAGE.read_text()
    assert {row.slug for row in own} <= {e.slug for e in all_exercises()}
    assert all(row.false == row.violated == 0 for row in own)
    for row in own:
        assert_honest(row)


def test_so_does_that_of_the_cases():
    said = {row.slug: row for row in rows(ExplainedRow)}
    cases = rows(CaseRow)
    assert table(cases, CaseRow) in explained.PAGE.read_text()
    for row in cases:
        assert_same_cases(said[row.slug], row)
