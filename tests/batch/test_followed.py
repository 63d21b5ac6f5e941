"""Whoever waits for a grading hears of each check."""

from __future__ import annotations

import pytest

from grader.batch import work
from grader.batch.followed import DecidedChecks, grade_followed
from grader.batch.prepare import WorkUnit
from grader.batch.work import GradingOptions
from grader.exercise import SOLUTIONS, load_exercise
from grader.submission.load import load


def test_a_grading_tells_of_each_check_that_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    process = work.GradingProcess()
    monkeypatch.setattr(work, "_this_process", lambda: process)
    unit = WorkUnit((), "conv", load(SOLUTIONS / "conv.py"))
    followed = DecidedChecks()
    try:
        outcome = grade_followed(unit, GradingOptions(1, timing=False), followed.path)
        run = [check for check in load_exercise("conv").checks if check.kind == "correctness"]
        assert followed.count == len(run) > 10
        assert outcome.result.full_marks
        followed.close()
        assert grade_followed(unit, GradingOptions(1, timing=False), followed.path / "gone").result.full_marks
    finally:
        followed.close()
        process.close()
