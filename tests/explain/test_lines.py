"""The line is found by edits of the student's own code, tried in the sandbox; only one that mends all proves it."""

from __future__ import annotations

import ast
import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from grader.cli.group import cli
from grader.exercise import load_exercise
from grader.explain import lines
from grader.explain.asked import AskedCase
from grader.explain.lines import LineSearch
from grader.explain.repairs import PLAIN, TERM, parsed, repairs, scope_of
from grader.explain.trees import Spot
from grader.judge.grade import grade
from grader.model import Failure, Result
from grader.report.text import to_text
from grader.submission.load import load

SIZES = """import numpy as np

def output_size(W, F, P=0, S=1):
    padded = W + 2 * P
    fitting = {fitting}
    return {size}

def pad2d(X, F, mode):
    widths = {{"valid": 0, "same": F // 2, "full": F - 1}}
    if mode not in widths:
        raise ValueError(mode)
    return np.pad(np.asarray(X, dtype=float), widths[mode])
"""


def explained(tmp_path, seconds: float = 60, **parts: str) -> Result:
    (tmp_path / "my_padding.py").write_text(SIZES.format(**parts))
    exercise = load_exercise("padding")
    submission = load(tmp_path / "my_padding.py")
    return grade(submission, exercise, seed=1, timing=False, explained=True, line_seconds=seconds)


def found(result: Result):
    return next(c.explanation for c in result.checks if c.explanation is not None)


def test_an_edit_that_makes_every_case_right_proves_its_line(tmp_path):
    result = explained(tmp_path, fitting="padded - F", size="fitting % S + 1")
    first, *others = found(result).lines
    assert (first.line, first.text, first.proved) == (6, "return fitting % S + 1", True)
    assert not any(line.proved for line in others)
    assert "A small change in this line makes every case right. Line 6: `return fitting % S + 1`" in to_text(result)
    assert "fitting // S" not in to_text(result)  # the line is shown, not the edit


@pytest.mark.slow
def test_of_two_mistakes_no_line_is_proved(tmp_path):
    result = explained(tmp_path, 5, fitting="padded + F", size="fitting // S + 7")
    assert found(result).lines
    assert not any(line.proved for line in found(result).lines)
    assert "Look first at line" in to_text(result)


@pytest.mark.slow
def test_edits_that_do_not_end_are_cut_off(tmp_path):
    size = "sum(1 for _ in iter(lambda: globals().setdefault('n', []).append(0) or len(n) % (fitting // S + 2), 0))"
    result = explained(tmp_path, 5, fitting="padded - F", size=size)
    assert any(check.explanation and check.explanation.lines for check in result.checks)


@pytest.mark.slow
def test_searching_changes_no_verdict(tmp_path):
    searched = explained(tmp_path, fitting="padded - F", size="fitting // S")
    plain = grade(load(tmp_path / "my_padding.py"), load_exercise("padding"), seed=1, timing=False)
    assert [(c.verdict, c.score) for c in searched.checks] == [(c.verdict, c.score) for c in plain.checks]


def test_a_dropped_term_and_a_wrong_name_can_be_mended():
    scope = scope_of(parsed("lambda H, padding, F, rows, columns: H"))

    def edits(text: str, cost: int) -> set[str]:
        node = parsed(text)
        return {ast.unparse(e) for e in repairs(Spot(ast.Expr(node), "value", None), node, scope, cost)}

    assert {"H + padding - F + padding", "H + padding - F + 1"} <= edits("H + padding - F", TERM)
    assert {"columns", "H"} <= edits("rows", PLAIN)


def test_grade_explain_is_a_command(tmp_path):
    file = tmp_path / "my_padding.py"
    file.write_text(SIZES.format(fitting="padded - F", size="fitting % S + 1"))
    asked = ["explain", str(file), "--check", "any_output_size", "--format", "json", "--seed", "1"]
    shown = CliRunner().invoke(cli, asked)
    assert shown.exit_code == 1
    [cause] = json.loads(shown.stdout)["causes"]
    assert cause["lines"][0] == {"file": "my_padding.py", "line": 6, "text": "return fitting % S + 1", "proved": True}
    assert CliRunner().invoke(cli, ["explain", str(file), "--check", "nothing"]).exit_code == 2
    file.write_text(SIZES.format(fitting="padded - F", size="fitting // S + 1"))
    assert CliRunner().invoke(cli, ["explain", str(file)]).exit_code == 0


class Clock:
    """Seconds that only edits take."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.now = 0.0
        monkeypatch.setattr(lines.time, "process_time", lambda: self.now)


def test_lines_get_the_time_that_is_left_and_a_little_in_any_case(monkeypatch):
    clock = Clock(monkeypatch)
    for used, seconds in [(0.5, 10), (2, lines.IN_ALL - 4), (30, lines.LEAST)]:
        search = LineSearch({}, None, 10)
        clock.now += used
        assert search.budget.seconds == seconds


def test_what_a_worker_used_that_is_gone_is_used(monkeypatch):
    Clock(monkeypatch)
    search = LineSearch({}, None, 10)
    assert not search.budget.spent()
    for _ in range(2):
        search._worker = SimpleNamespace(dead=False, usage=SimpleNamespace(cpu=4.0), close=bool)
        search._close()
        assert not search.budget.spent()
    assert search.budget.left == 2


@pytest.mark.parametrize(("each", "at_once", "most"), [(0.0, 20, 200), (0.25, 2, 42), (3.0, 1, 5)])
def test_edits_that_take_long_are_tried_few_at_once(monkeypatch, each, at_once, most):
    clock, search, tried = Clock(monkeypatch), LineSearch({}, None, 10), []

    def first_right(self, batch, asked):
        clock.now += each * len(batch)
        tried.append(len(batch))
        return [False] * len(batch)

    monkeypatch.setattr(LineSearch, "_first_right", first_right)
    assert list(search._tried(iter(range(200)), [AskedCase({})])) == []
    assert tried[1] == at_once
    assert sum(tried) <= most


def test_an_edit_that_does_not_end_is_charged(monkeypatch):
    clock, search = Clock(monkeypatch), LineSearch({}, None, 10)

    def ask(asked):
        clock.now += 1
        raise Failure(None, fatal=True)

    monkeypatch.setattr(search, "_ready", lambda: SimpleNamespace(begin=bool))
    monkeypatch.setattr(search, "_define", lambda edit: None)
    monkeypatch.setattr(search, "_ask", ask)
    assert not search.budget.spent()
    assert search._first_right([None], AskedCase({})) == [False]
    search.budget.spent()
    assert search.budget.left == 9 - lines.SECONDS
