"""Each clause of the contract is proved: a right file that breaks it, and it alone, loses points.

The broken file is the reference with a few lines below it (`breaking.py`): its function answers wrongly exactly where
the clause speaks, or does there what the clause forbids. The same lines that break nothing keep full marks.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.checks import remembered
from grader.checks.backend import LocalBackend
from grader.checks.diagnose import load_module, scopes
from grader.exercise import Clause, Exercise, all_exercises
from grader.judge.run import run_checks
from grader.report.message import message
from grader.sandbox.inside.interpreter import Interpreter

BREAKING = Path(__file__).with_name("breaking.py")
EXERCISES = {exercise.slug: exercise for exercise in all_exercises()}
# Parameters that cannot be written to:
FIXED = "f dy dx input_shape F mode lr epochs num_classes model target_class target_layer".split()


@pytest.fixture(autouse=True, scope="module")
def reference_remembered() -> Iterator[None]:
    """As in a batch: what the reference answers is computed once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembered, "_kept", {})
        patch.setattr(remembered, "_size", 0)
        yield


class Break(NamedTuple):
    """One way to break a clause: in this name, for this value of `each`."""

    slug: str
    clause: Clause
    name: str
    value: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.slug, self.name, self.clause.slug, self.value)))

    def line(self, how: str) -> str:
        """What stands at the end of the broken file."""
        when = self.clause.when.replace("{}", self.value)
        return f"{self.name} = broken({self.name}, {when!r}, {how!r}, {self.value!r})\n"


def values(clause: Clause, target: object) -> list[str]:
    """What stands for {} in a clause about this function or class."""
    if not isinstance(clause.each, str):
        return list(clause.each)
    if inspect.isclass(target) and clause.how != "spoilt":  # what its methods are given
        methods = [vars(target)[name] for name in ("forward", "backward") if name in vars(target)]
        return [list(inspect.signature(method).parameters)[1] for method in methods]
    found = inspect.signature(target).parameters.values()
    if clause.how != "spoilt":
        return [p.name for p in found if p.default is p.empty and p.name not in FIXED]
    return [p.name for p in found if clause.each == "parameters" or p.default is not p.empty]


def breaks() -> Iterator[Break]:
    """All ways to break all clauses."""
    for exercise in EXERCISES.values():
        module = load_module(exercise.reference_file, f"contract_{exercise.slug}")
        for clause in exercise.clauses:
            for name in clause.names:
                found = values(clause, getattr(module, name))
                yield from (Break(exercise.slug, clause, name, value) for value in found)


BREAKS = list(breaks())


def marked(found: Break) -> object:
    slow = EXERCISES[found.slug].framework == "torch"
    return pytest.param(found, id=str(found), marks=[pytest.mark.slow] if slow else [])


def lost(exercise: Exercise, path: Path, seed: int = 1) -> Iterator[str]:
    """The checks that this file does not pass, those of the whole legal space first."""
    modules = scopes(exercise, path)
    checks = [c for c in exercise.checks if c.kind == "correctness" and c.device == "cpu"]
    for check in sorted(checks, key=lambda c: not c.name.startswith("any_")):
        backend = LocalBackend(Interpreter(modules))
        result = run_checks(exercise, [check], lambda _, b=backend: b, seed, named=False)[check.name]
        assert result.verdict != "internal_error", message(result)
        if result.verdict != "accepted":
            yield f"{check.name}: {message(result)}"


def written(exercise: Exercise, lines: list[str], folder: Path) -> Path:
    """The reference with these lines below it."""
    path = folder / f"{exercise.slug}.py"
    path.write_text("\n".join([exercise.reference_file.read_text(), BREAKING.read_text(), *lines]))
    return path


@pytest.mark.sampled(quick=80, ci=28)
@pytest.mark.parametrize("found", [marked(b) for b in BREAKS if not b.clause.free])
def test_who_breaks_a_clause_loses_points(found, tmp_path):
    exercise = EXERCISES[found.slug]
    path = written(exercise, [found.line(found.clause.how)], tmp_path)
    assert next(lost(exercise, path), None), f"no check notices: {found.clause.says}"


@pytest.mark.sampled(quick=2, ci=2)
@pytest.mark.parametrize("found", [marked(b) for b in BREAKS if b.clause.free])
def test_what_a_clause_allows_costs_nothing(found, tmp_path):
    exercise = EXERCISES[found.slug]
    assert not list(lost(exercise, written(exercise, [found.line(found.clause.how)], tmp_path)))


@pytest.mark.slow
@pytest.mark.sampled(ci=7)
@pytest.mark.parametrize(
    "slug", [pytest.param(s, marks=[pytest.mark.slow] * (e.framework == "torch")) for s, e in EXERCISES.items()]
)
def test_the_same_lines_that_break_nothing_keep_full_marks(slug, tmp_path):
    lines = {b.name: b.line("not") for b in BREAKS if b.slug == slug}
    assert not list(lost(EXERCISES[slug], written(EXERCISES[slug], list(lines.values()), tmp_path)))


@pytest.mark.parametrize("slug", EXERCISES)
def test_an_exercise_has_clauses_about_all_of_its_names(slug):
    clauses = EXERCISES[slug].clauses
    assert {name for clause in clauses for name in clause.names} == set(EXERCISES[slug].names)
    assert len({clause.slug for clause in clauses}) == len(clauses)
    assert all(any(b.clause.slug == clause.slug for b in BREAKS if b.slug == slug) for clause in clauses), "a proof"
