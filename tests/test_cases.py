"""The case space: which cases a check asks, and what it makes of them."""

from __future__ import annotations

import re
from itertools import combinations, product

import numpy as np
import pytest

from grader.author.bank import grade_locally
from grader.checks.backend import LocalBackend
from grader.checks.cases import Cases, cases
from grader.checks.diagnose import load_module, scopes
from grader.checks.draw import LAYOUTS, REAL, Draw, laid_out
from grader.checks.subject import Subject
from grader.exercise import all_exercises, load_exercise
from grader.report.message import message
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import Call

SPACES = {
    f"{e.slug}: {name}": space
    for e in all_exercises()
    for path in e.test_files
    for name, space in vars(load_module(path, f"_spaces_{path.stem}")).items()
    if isinstance(space, Cases)
}
CONV = load_exercise("conv")
REFERENCE = (
    CONV.reference_file.read_text()
    + """
right = conv2d

def conv2d(X, K, stride=1, padding=0):
    Y = right(X, K, stride, padding)
    """
)
ONE_PAIR = "return Y + (padding == 2 and X.dtype == 'uint16')"
STRIDES = "return Y + (X.shape[0] > 1 < X.shape[1] and X.strides[0] < X.strides[1])"
OVERWRITES = "X.flags.writeable and X.dtype == 'int32' and X.fill(0); return Y"


@cases(a=range(5), b="xyz", c=[False, True], where=lambda a, b, **_: a < 3 or b == "x")
def small(submission, draw, a, b, c):
    """Any case."""
    submission.conv2d(draw.digits(a + 3, 4), draw.digits(2, 2))


def pairs(case: dict) -> set:
    return set(combinations(case.items(), 2))


def subject() -> Subject:
    modules = scopes(CONV, CONV.reference_file)
    return Subject(Interpreter(modules), LocalBackend(Interpreter(modules)))


def test_every_pair_of_values_is_asked_and_nothing_that_is_not_legal():
    legal = [dict(zip("abc", values, strict=True)) for values in product(range(5), "xyz", [False, True])]
    legal = [case for case in legal if small.legal(case)]
    chosen = small.chosen(Draw(1, "small"))
    assert all(small.legal(case) for case in chosen)
    assert set.union(*map(pairs, chosen)) == set.union(*map(pairs, legal))
    assert len(small.covering) < len(legal)


@pytest.mark.parametrize("name", SPACES)
def test_the_pairs_of_an_exercise_are_asked(name):
    space = SPACES[name]
    draws, factors = np.random.default_rng(1), space.factors
    asked = set.union(*map(pairs, space.chosen(Draw(2, name))))
    for _ in range(300):
        case = {factor: values[draws.integers(len(values))] for factor, values in factors.items()}
        if space.legal(case):
            assert pairs(case) <= asked


def test_the_space_begins_with_the_smallest_case():
    sizes = [a + "xyz".index(b) + c for a, b, c in (case.values() for case in small.space())]
    assert sizes == sorted(sizes)
    assert len(sizes) == 22


def test_a_seed_asks_the_same_again_and_another_seed_something_else():
    def asked(seed: int) -> list:
        made = subject()
        SPACES["conv: conv2d"].check(made, Draw(seed, "conv"))
        calls = [entry for entry in made.log.entries if isinstance(entry.op, Call)]
        return [(entry.case, [np.asarray(a.data).tolist() for a in entry.op.args[:2]]) for entry in calls]

    assert asked(1) == asked(1) != asked(2)


def test_a_case_can_be_asked_by_itself_and_every_question_knows_its_case():
    whole, alone = subject(), subject()
    small.check(whole, Draw(3, "small"))
    case = small.chosen(Draw(3, "small"))[-1]
    small.run(alone, Draw(3, "small"), case)
    (entry,) = alone.log.entries
    (same,) = [e for e in whole.log.entries if e.case == case]
    assert entry.case == case
    assert np.array_equal(entry.op.args[0].data, same.op.args[0].data)


def test_a_check_goes_out_in_a_few_sends():
    kept = []

    class Noting(LocalBackend):
        def ask(self, op, *, more=False):
            kept.append(more)
            return super().ask(op, more=more)

    modules = scopes(CONV, CONV.reference_file)
    made = Subject(Interpreter(modules), Noting(Interpreter(modules)))
    SPACES["conv: conv2d"].check(made, Draw(1, "conv"))
    assert len(kept) >= 100
    assert kept.count(False) < len(kept) / 20
    made.settle()
    assert made.log.first_failure is None


def test_a_case_space_is_a_check_whose_docstring_the_student_reads():
    (check,) = [c for c in CONV.checks if c.name == "any_conv2d"]
    assert (check.title, check.points, check.needs) == (
        "Any legal image, kernel, stride, padding and number type.", 1, ("conv2d",)
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_mistake_in_one_pair_of_values_loses_the_point_and_no_other(tmp_path, seed):
    path = tmp_path / "my_conv.py"
    path.write_text(REFERENCE + ONE_PAIR)
    lost = [r for r in grade_locally(CONV, path, seed) if r.verdict == "wrong_answer"]
    assert [r.name for r in lost] == ["any_conv2d"]
    assert "uint16" in message(lost[0])


@pytest.mark.parametrize("dtype", REAL)
def test_digits_are_small_and_large_numbers_almost_too_large(dtype):
    digits, large = Draw(1, "x").digits(30, 30, dtype=dtype), Draw(1, "x").large(30, 30, dtype=dtype)
    assert digits.dtype == large.dtype == dtype
    less = 0.5 if digits.dtype.kind == "f" else 0  # a file that cuts its numbers to whole ones is to be seen
    assert set(np.abs(digits.astype(float)).ravel()) == {n - less for n in range(1, 10)}
    assert (digits.astype(float) < 0).any() == (dtype[0] != "u")
    assert (large > 100).all()


@pytest.mark.parametrize("dtype", REAL)
def test_the_lowest_numbers_are_at_the_lower_end_of_their_type(dtype):
    lowest = Draw(1, "x").lowest(30, 30, dtype=dtype).astype(float)
    assert (lowest.max() < -100) if dtype[0] != "u" else (lowest.min() == 0 and lowest.max() == 8)
    assert dtype in ("int64", "float64", "float32", "float16") or lowest.min() == np.iinfo(dtype).min


@pytest.mark.parametrize("layout", [*LAYOUTS, "channels_last"])
def test_an_array_lies_on_the_other_side_as_it_does_here(layout):
    array = laid_out(np.arange(24.0).reshape(2, 3, 4), layout)
    made = subject()
    made.hold(array)
    (entry,) = made.log.entries
    there = Interpreter({}).resolve(entry.op.value)
    assert np.array_equal(there, array)
    assert there.strides == array.strides
    assert there.flags.writeable == array.flags.writeable


def test_a_submission_meets_every_layout(grade_source):
    lost = [c for c in grade_source(REFERENCE + STRIDES).checks if c.verdict == "wrong_answer"]
    assert [c.name for c in lost] == ["any_conv2d"]
    assert re.search(r"transpose|broadcast_to", message(lost[0]))


def test_a_case_may_be_asked_twice(grade_source):
    lost = [c for c in grade_source(REFERENCE + OVERWRITES).checks if c.verdict == "wrong_answer"]
    assert [c.name for c in lost] == ["any_conv2d"]
    assert re.search(r"called again with the same arguments|`X` was changed by the call", message(lost[0]))
