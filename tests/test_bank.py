"""The exercise bank: every file of ours is graded as it should be, behind the real sandbox.

Quickly for a few files of each exercise; the slow test takes all of them and keeps the table in the docs true.
"""

from __future__ import annotations

import ast

import pytest

from grader import ROOT
from grader.author import bank
from grader.checks.backend import LocalBackend
from grader.checks.diagnose import load_module, scopes
from grader.exercise import all_exercises, load_exercise, misconception_text
from grader.judge.grade import grade
from grader.judge.plugin import run_checks
from grader.sandbox.inside.interpreter import Interpreter
from grader.submission.load import load

SLUGS = [e.slug for e in all_exercises()]
TABLE = ROOT / "docs" / "inside" / "bank.md"


@pytest.mark.parametrize("slug", SLUGS)
def test_the_reference_the_starter_and_one_wrong_file(slug, sandboxes):
    exercise = load_exercise(slug)
    files = list(bank.files(exercise))
    chosen = [f for f in files if f[0] in ("reference", "starter")] + [f for f in files if f[0] == "wrong"][-1:]
    for kind, path in chosen:
        checks = grade(load(path), exercise, seed=1, sandbox=sandboxes(slug)).checks
        assert not bank.fault(kind, path, checks), path


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_every_file_and_the_table_in_the_docs(slug):
    row = bank.examine(load_exercise(slug))
    assert row.faults == 0
    assert row.full == row.right
    assert row.named == row.caught == row.wrong
    assert bank.table([row]).splitlines()[2] in TABLE.read_text()


def broken_grader(*_, **__):
    """A grader that fails."""
    raise ValueError("bad luck")


QUICK = "loss"  # with nothing to time
LOSES_POINTS = load_exercise(QUICK).wrong_files[0].read_text()
RIGHT = (ROOT / "solutions" / f"{QUICK}.py").read_text()


@pytest.mark.parametrize(
    "kind, text, said",
    [
        ("starter", RIGHT, "lost nothing"),
        ("slow", RIGHT, "lost nothing"),
        ("slow", LOSES_POINTS, "lost more than speed"),
        ("reference", LOSES_POINTS, "lost "),
        ("right", LOSES_POINTS, "lost "),
        ("wrong", RIGHT, "lost nothing"),
        ("wrong", LOSES_POINTS, "named "),
        ("right", "def f(:", "lost "),
        ("reference", None, "internal error"),
        ("right", RIGHT, ""),
    ],
)
def test_any_fault_of_a_bank_ends_with_1(tmp_path, monkeypatch, capsys, kind, text, said):
    path = tmp_path / "odd_name.py"
    path.write_text(text or RIGHT)
    if text is None:
        monkeypatch.setattr(bank, "grade", broken_grader)
    monkeypatch.setattr(bank, "files", lambda _: [(kind, path)])
    assert bank.main([QUICK]) == int(bool(said))
    assert (f"{path}: {said}" in capsys.readouterr().err) == bool(said)


@pytest.mark.slow
@pytest.mark.parametrize("slug", [e.slug for e in all_exercises() if e.framework == "numpy"])
def test_a_right_file_is_right_whatever_is_drawn(slug):
    """Sums that cancel, values that are almost equal: what one seed in a thousand draws must cost nobody a point."""
    exercise = load_exercise(slug)
    checks = [c for c in exercise.checks if c.kind == "correctness"]
    for path in sorted((exercise.folder / "right").glob("*.py")):
        modules = scopes(exercise, path)
        for seed in range(40):
            results = run_checks(exercise, checks, lambda _, m=modules: LocalBackend(Interpreter(m)), seed)
            lost = {name: r.message for name, r in results.items() if r.verdict != "accepted"}
            assert not lost, (path, seed)


@pytest.mark.parametrize("slug", SLUGS)
def test_an_exercise_is_whole(slug):
    exercise = load_exercise(slug)
    statement = exercise.statement
    assert all(name in statement for name in exercise.names)
    assert f"{exercise.points:g}" in statement, "the statement says how many points there are"
    assert {n for c in exercise.checks for n in c.needs} <= set(exercise.names)
    assert len(exercise.wrong_files) >= 5
    assert len(list((exercise.folder / "right").glob("*.py"))) >= 3
    defined = {n.name for n in ast.parse(exercise.starter_file.read_text()).body if hasattr(n, "name")}
    assert set(exercise.names) <= defined
    load_module(exercise.starter_file, f"starter_{slug}")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_misconception_speaks_to_the_student(slug):
    for path in load_exercise(slug).wrong_files:
        title, hint = misconception_text(path)
        assert 3 < len(title) < 80, path
        assert 20 < len(hint) < 600, path
