"""Mutants: right files with one small edit. The checks notice them, or they are equivalent; else there is a hole."""

from __future__ import annotations

import ast
from itertools import count, islice
from types import SimpleNamespace

import numpy as np
import pytest

from grader.author import mutants, wrongness
from grader.author.mutation import Mutant
from grader.author.mutation import mutants as mutants_of
from grader.author.table import MutantRow, table
from grader.author.trial import in_child, written
from grader.checks.cases import Cases
from grader.exercise import all_exercises, load_exercise

QUICK = "receptive_field"  # a grading takes milliseconds
SLUGS = [e.slug for e in all_exercises() if e.slug != QUICK]
REFERENCE = load_exercise(QUICK).reference_file.read_text()
SOURCE = '''"""A mean."""

import numpy as np


def spread(X, axis=(0, 2), n=4):
    """The sum of 3 things."""
    Y = np.array(X, dtype=float)
    if n > 1 and len(X) > 0:
        Y = Y - Y.mean(axis=axis, keepdims=True)
    return np.sqrt(Y.var(axis=1) + 1) / n


if __name__ == "__main__":
    print(spread(1, 2))
'''


pytestmark = pytest.mark.usefixtures("nothing_remembered_afterwards")


@pytest.fixture
def few_others(monkeypatch):
    """A handful of seeds instead of hundreds."""
    monkeypatch.setattr(wrongness, "OTHERS", range(1001, 1006))


def made(after: str) -> set[tuple[str, str]]:
    """Kind and line of the mutants in whose line this stands."""
    return {(m.kind, m.after) for m in mutants_of(SOURCE) if after in m.after}


def test_edits_are_those_that_students_make():
    kinds = {m.kind for m in mutants_of(SOURCE)}
    assert {"operator", "operand", "comparison", "constant", "function", "keyword", "dtype", "copy"} < kinds
    assert {"axis", "order", "ddof", "condition", "dropped", "in place"} < kinds
    assert ("ddof", "return np.sqrt(Y.var(axis=1, ddof=1) + 1) / n") in made("ddof")
    assert ("call", "return (Y.var(axis=1) + 1) / n") in made("return (Y.var")
    assert ("function", "Y = Y - Y.sum(axis=axis, keepdims=True)") in made(".sum(")
    assert ("in place", "Y -= Y.mean(axis=axis, keepdims=True)") in made("-=")
    assert ("copy", "Y = np.asarray(X, dtype=float)") in made("asarray")
    assert ("condition", "if n > 1 or len(X) > 0:") in made(" or ")


def test_a_mutant_is_one_line_that_is_known_and_nothing_else():
    found = list(mutants_of(SOURCE))
    assert len({m.source for m in found}) == len(found) > 40
    original = ast.unparse(ast.parse(SOURCE)).split("\n")
    for m in found:
        assert m.source.split("\n")[m.line - 1].strip() == m.after != m.before == original[m.line - 1].strip()
        tree = ast.parse(m.source)
        assert ast.get_docstring(tree) == "A mean."
        assert ast.get_docstring(tree.body[2]) == "The sum of 3 things."
        assert m.source.endswith("print(spread(1, 2))")


@pytest.mark.parametrize("slug", [QUICK, *SLUGS])
def test_every_reference_has_mutants(slug):
    found = mutants_of(load_exercise(slug).reference_file.read_text())
    assert len(list(islice(found, 16))) == 16


HANGS = "\nwhile True: pass\n"
ENDINGS = {
    "loops at once": HANGS,
    "raises at once": "\n1 / 0\n",
    "leaves at once": "\nimport os; os._exit(1)\n",
    "loops": "\ndef receptive_field(layers):\n    while True: pass\n",
    "wants all memory": "\ndef receptive_field(layers):\n    kept = [layers]\n    while kept: kept *= 2\n",
    "leaves": "\ndef receptive_field(layers):\n    import os; os._exit(1)\n",
    "returns nothing": "\ndef receptive_field(layers): pass\n",
}


def survivor(source: str) -> mutants.Survivor | None:
    exercise = load_exercise(QUICK)
    return mutants.survivor(exercise, exercise.reference_file, Mutant("made up", 1, "", "", source))


@pytest.mark.slow
@pytest.mark.sampled(ci=3)
@pytest.mark.parametrize("name", ENDINGS)
def test_however_a_mutant_ends_it_is_caught(name):
    assert survivor(REFERENCE + ENDINGS[name]) is None


def test_a_child_says_a_number_or_nothing():
    assert in_child(lambda: 7) == 7
    assert in_child(lambda: 1 // 0) is None
    assert in_child(lambda: next(n for n in count() if n < 0), seconds=1) is None  # of processor time


RARE = f"""{REFERENCE}

right = receptive_field

def receptive_field(layers):
    return (0, 0) if layers and layers[0]["kernel_size"] == 23 else right(layers)
"""


@pytest.mark.slow
@pytest.mark.sampled(ci=3)
@pytest.mark.parametrize("share, hole", [(0.5, True), (0.021, True), (0.02, False), (0.0, False)])
def test_a_survivor_is_a_hole_if_it_gets_legal_calls_wrong(monkeypatch, share, hole):
    monkeypatch.setattr(mutants, "wrong_share", lambda *_: share)
    left = survivor(RARE)
    assert left is not None
    assert (left.seeds, left.hole) == (20 if hole else 0, hole)


def test_what_one_seed_lets_pass_and_others_catch_is_caught(monkeypatch):
    monkeypatch.setattr(mutants, "full_marks", lambda _exercise, _path, seed: seed == mutants.SEEDS[0])
    monkeypatch.setattr(mutants, "wrong_share", lambda *_: 1.0)
    assert survivor(REFERENCE) is None


class Kernels(Cases):
    """A case space: one layer, of a kernel of 20 … 29; each is asked."""

    def chosen(self, draw):
        return list(self.space())


def receptive_field(submission, draw, size):
    submission.receptive_field([{"kernel_size": size}])


@pytest.mark.slow
def test_the_case_space_shows_what_the_checks_do_not(monkeypatch):
    space = Kernels(receptive_field, {"size": range(20, 30)}, None, 10)
    monkeypatch.setattr(wrongness, "load_module", lambda *_: SimpleNamespace(any=space, other=np.zeros(3)))
    with written(RARE) as rare, written(REFERENCE) as right, written(REFERENCE + ENDINGS["loops"]) as endless:
        shares = [wrongness.wrong_share(load_exercise(QUICK), path) for path in (rare, right, endless)]
    assert shares == [0.1, 0.0, 1.0]


@pytest.mark.slow
def test_without_a_case_space_other_seeds_tell(few_others):
    now_and_then = RARE.replace("== 23", "% 2 == 0")
    with written(now_and_then) as wrong, written(REFERENCE) as right:
        exercise = load_exercise(QUICK)
        assert wrongness._lost_seeds(exercise, right) == 0
        assert wrongness._lost_seeds(exercise, wrong) > 0


@pytest.mark.slow
def test_a_sample_is_the_same_for_the_same_seed():
    exercise = load_exercise(QUICK)
    first, again, other = (mutants.candidates(exercise, 10, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) == 10
    assert len(mutants.candidates(exercise, 10**6)) == len(mutants.candidates(exercise))


@pytest.mark.slow
def test_the_command_prints_holes_and_the_table(few_others, monkeypatch, capsys):
    assert mutants.main([QUICK, "--sample", "12"]) == 0
    counts = capsys.readouterr().out.split("\n")[3].split("|")[2:-1]
    assert [int(counts[0]), int(counts[3])] == [12, 0]
    assert int(counts[1]) > 6
    exercise = load_exercise(QUICK)
    monkeypatch.setattr(mutants, "candidates", lambda *_: [(exercise.reference_file, Mutant("odd", 3, "a", "b", RARE))])
    monkeypatch.setattr(mutants, "wrong_share", lambda *_: 0.25)
    assert mutants.main([QUICK]) == 1
    said = capsys.readouterr().out
    assert "solutions/receptive_field.py: odd: full marks on 20 of 20 seeds, wrong on 25.0%\n  - a\n  + b\n" in said
    assert f"| {QUICK} | 1 | 0 | 0 | 1 |" in said


@pytest.mark.slow
def test_an_update_writes_the_row(tmp_path, monkeypatch, few_others):
    page = tmp_path / "mutants.md"
    page.write_text(f"# Mutants\n\n{table([MutantRow(QUICK, 9, 8, 1, 0)], MutantRow)}\n\nBelow.\n")
    monkeypatch.setattr(mutants, "PAGE", page)
    monkeypatch.setattr(mutants, "candidates", lambda *_: [])
    assert mutants.main([QUICK, "--update"]) == 0
    assert page.read_text() == f"# Mutants\n\n{table([MutantRow(QUICK)], MutantRow)}\n\nBelow.\n"
    page.write_text("no table")
    assert mutants.main([QUICK, "--update"]) == 2
    assert mutants.main(["no_such"]) == 2


def rows() -> dict[str, MutantRow]:
    """The table in the docs."""
    lines = (line.strip("| ").split(" | ") for line in mutants.PAGE.read_text().split("\n") if line.startswith("| "))
    return {slug: MutantRow(slug, *map(int, counts)) for slug, *counts in lines if counts[0].isdigit()}


def test_the_table_in_the_docs_adds_up():
    *own, _ = rows().values()
    assert table(own, MutantRow) in mutants.PAGE.read_text()
    assert all(row.mutants == row.caught + row.equivalent + row.holes for row in own)
    assert {row.slug for row in own} <= {e.slug for e in all_exercises()}


@pytest.mark.slow
@pytest.mark.sampled(ci=12)
@pytest.mark.parametrize("slug", [QUICK, *(pytest.param(s, marks=pytest.mark.slow) for s in rows() if s in SLUGS)])
def test_a_sample_has_no_holes_that_the_table_does_not_count(slug, few_others, thorough):
    sample = 12 if thorough else 6
    row, holes = mutants.examine(load_exercise(slug), sample=sample, seed=7)
    assert row.mutants == sample
    assert len(holes) <= rows()[slug].holes, [str(hole) for hole in holes]
