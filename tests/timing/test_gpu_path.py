"""The whole way of a GPU check, with the processor as the device: from a file to its points."""

from __future__ import annotations

import pytest

from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.model import Verdict
from grader.report.message import message
from grader.report.text import to_text
from grader.submission.load import load
from grader.timing.fixture import Timing
from tests.timing.gpu_checks import LINUX

pytestmark = LINUX


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["fast_conv", "resnet", "gradcam"])
def test_without_a_gpu_nothing_is_won_or_lost_and_the_total_says_so(slug, sandboxes, monkeypatch):
    monkeypatch.setattr("grader.timing.presence.CONTROL", "/nonexistent")
    exercise = load_exercise(slug)
    result = grade(load(exercise.reference_file), exercise, seed=1, sandbox=sandboxes(slug))
    on_gpu = [c for c, check in zip(result.checks, exercise.checks, strict=True) if check.device == "cuda"]
    assert {c.verdict for c in on_gpu} == {Verdict.NOT_RUN}
    assert result.full_marks
    assert (result.score, result.bonus) == (exercise.points, 0)
    bonus = sum(c.bonus for c in exercise.checks)
    assert f"a bonus of {bonus:g} not decided" in to_text(result)


@pytest.mark.slow
def test_with_a_gpu_the_bonus_is_won(stand_in, sandboxes, monkeypatch):
    monkeypatch.setattr("grader.judge.grade.no_gpu", lambda: None)
    original = Timing.at_most_on_gpu

    def smaller(timing, *arguments, size, **options):
        original(timing, *arguments, size=size // 8, **options)

    monkeypatch.setattr(Timing, "at_most_on_gpu", smaller)
    exercise = load_exercise("gradcam")
    result = grade(load(exercise.reference_file), exercise, seed=1, sandbox=sandboxes("gradcam"))
    assert (result.score, result.bonus) == (21, 1), [message(c) for c in result.checks]
    assert result.checks[-1].measurement.device == "cuda"
