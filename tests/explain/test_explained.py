"""The smallest case is small and wrong, the rule holds on inputs that it was not made from, and no verdict changes."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from grader.author.wrongness import spaces
from grader.checks.backend import LocalBackend
from grader.checks.diagnose import scopes
from grader.checks.draw import Draw
from grader.checks.subject import Subject
from grader.exercise import ROOT, load_exercise
from grader.explain.budget import Budget
from grader.explain.rules import says
from grader.explain.search import Search, _outcomes
from grader.judge.grade import grade
from grader.judge.means import Explaining
from grader.judge.run import run_checks
from grader.model import CheckResult
from grader.model.findings import Mismatch, Outline
from grader.report import causes
from grader.report.as_json import to_dict
from grader.report.relations import sentence
from grader.report.text import to_text
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.wire import Array
from grader.sandbox.order import SandboxError
from grader.sandbox.remote import Worker
from grader.submission.load import load

RIGHT = (ROOT / "solutions" / "conv.py").read_text()
FILES = sorted((load_exercise("conv").folder / "wrong").glob("*.py"))


ENOUGH = Budget(600, time.process_time)


pytestmark = pytest.mark.usefixtures("time_to_explain")


def explained(slug: str, path: Path, seed: int = 1, **more: Explaining) -> dict[str, CheckResult]:
    exercise = load_exercise(slug)
    checks = [c for c in exercise.checks if c.kind == "correctness"]
    return run_checks(
        exercise, checks, lambda _: LocalBackend(Interpreter(scopes(exercise, path))), seed, named=False, **more
    )


def numbers(value: object) -> int:
    if isinstance(value, Array):
        return value.data.size
    if isinstance(value, Outline):
        return int(np.prod(value.shape))
    return 0


@pytest.mark.sampled(quick=12, ci=3)
@pytest.mark.parametrize("path", FILES[::4], ids=lambda p: p.stem)
def test_mistakes_in_conv_show_on_a_few_numbers(path):
    plain, found = explained("conv", path), explained("conv", path, explaining=Explaining())
    assert [(r.verdict, r.score) for r in found.values()] == [(r.verdict, r.score) for r in plain.values()]
    told = {name: r.explanation.smallest for name, r in found.items() if r.explanation and r.explanation.smallest}
    smallest = [finding for name, finding in told.items() if name.startswith("any_")]
    for finding in smallest:
        assert sum(numbers(value) for _, value in finding.asked.arguments) <= 12
    assert smallest or all(r.verdict == "accepted" for name, r in found.items() if name.startswith("any_"))


@pytest.mark.slow
@pytest.mark.parametrize("stem", ["padding_ignored", "padding_misplaced"])
def test_a_rule_holds_on_inputs_that_it_was_not_made_from(stem):
    exercise = load_exercise("conv")
    path = exercise.folder / "wrong" / f"{stem}.py"
    found = explained("conv", path, explaining=Explaining())["any_conv2d"].explanation.rule
    space = spaces(exercise)[0]
    sides = [Interpreter(scopes(exercise, f)) for f in (exercise.reference_file, path)]
    search = Search(space, lambda: Subject(sides[0], LocalBackend(sides[1])), Draw(77, "fresh inputs"), ENOUGH)
    fresh = _outcomes(search._asked(space.chosen(Draw(78, "fresh cases")), search.draw))
    assert len(fresh) >= 100
    assert all(says(found.literals, outcome.case) == outcome.wrong for outcome in fresh)


def test_a_report_says_the_rule_and_shows_the_smallest_case(tmp_path):
    wrong = RIGHT.replace("def conv2d(", "def _right(", 1) + (
        "\n\ndef conv2d(X, K, stride=1, padding=0):\n    Y = _right(X, K, stride, padding)\n"
        "    return 2 * Y + 1 if stride == 2 else Y\n"
    )
    (tmp_path / "my_conv.py").write_text(wrong)
    result = grade(load(tmp_path / "my_conv.py"), load_exercise("conv"), seed=1, timing=False, explained=True)
    [cause] = [c for c in to_dict(result)["causes"] if "any_conv2d" in c["checks"]]
    assert cause["rule"]["text"] == "Wrong exactly where `stride` is 2."
    assert cause["rule"]["exceptions"] == 0
    assert cause["rule"]["cases"] >= 300
    assert "Wrong exactly where `stride` is 2." in to_text(result)
    shown = causes.shown(result.causes[0], result).findings[0]
    assert isinstance(shown, Mismatch)
    assert sum(numbers(value) for _, value in shown.asked.arguments) <= 3


def test_one_value_of_several_goes_by_its_name_in_the_contract():
    wrong = load_exercise("loss").folder / "wrong" / "gradient_not_averaged.py"
    found = explained("loss", wrong, explaining=Explaining())["any_softmax_cross_entropy"].explanation
    assert sentence(found.relation) == "Your `dlogits` is the right one, multiplied by `N`."


def test_nothing_is_asked_further_of_what_is_right_or_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr(Search, "smallest", lambda *_: pytest.fail("asked further"))
    for source in (RIGHT, "def conv2d(X, K, stride=1, padding=0):\n    raise NotImplementedError\n"):
        (tmp_path / "my_conv.py").write_text(source)
        grade(load(tmp_path / "my_conv.py"), load_exercise("conv"), seed=1, timing=False, explained=True)


@pytest.mark.slow
def test_it_is_the_submission_that_is_asked_further_whatever_was_tried_for_a_name(tmp_path, monkeypatch):
    """A name is given after known mistakes were asked what the submission passed."""
    asked = []

    def watched(space, started, *rest):
        def noted() -> Subject:
            subject = started()
            asked.append(type(subject._sides._backend))
            return subject

        return Search(space, noted, *rest)

    monkeypatch.setattr("grader.judge.explaining.Search", watched)
    (tmp_path / "my_conv.py").write_text((load_exercise("conv").folder / "wrong" / "kernel_flipped.py").read_text())
    result = grade(load(tmp_path / "my_conv.py"), load_exercise("conv"), seed=1, timing=False, explained=True)
    assert any(c.misconception and c.misconception.slug == "kernel-flipped" for c in result.checks)
    assert set(asked) == {Worker}


@pytest.mark.slow
def test_an_explanation_that_fails_changes_no_verdict(tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise SandboxError("no worker could be started")

    (tmp_path / "my_conv.py").write_text((load_exercise("conv").folder / "wrong" / "padding_ignored.py").read_text())
    plain = grade(load(tmp_path / "my_conv.py"), load_exercise("conv"), seed=1, timing=False)
    monkeypatch.setattr(Search, "rule", broken)
    found = grade(load(tmp_path / "my_conv.py"), load_exercise("conv"), seed=1, timing=False, explained=True)
    assert [(c.verdict, c.score) for c in found.checks] == [(c.verdict, c.score) for c in plain.checks]
