"""Item analysis against numbers worked out by hand, and against SciPy's."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from scipy.stats import pointbiserialr

from grader.classreport.model import CheckStats, ClassMember, Classroom, ExerciseMark
from grader.classreport.stats import analyse, checks_of, found_in, spread_of, times_of
from grader.classreport.words import percent, remarks, signs
from grader.classreport.worklist import absent, worklist
from grader.model import CheckResult, Misconception, Result, Verdict
from grader.model.findings import NotReadable

FLIPPED = Misconception("kernel-flipped", "Kernel flipped", "Do not flip it.")


def check(name: str, won: bool, *, points: float = 1.0, named: Misconception | None = None) -> CheckResult:
    """All of the points or none."""
    verdict = Verdict.ACCEPTED if won else Verdict.WRONG_ANSWER
    return CheckResult(name, name.title(), verdict, points if won else 0.0, points, misconception=named)


def result(*checks: CheckResult, seconds: float = 0.5, error: str = "") -> Result:
    """A grading of conv."""
    unloaded = NotReadable(text=error) if error else None
    return Result("conv", "Convolution", "my_conv.py", 7, "confined", list(checks), unloaded, seconds=seconds)


def test_bins_are_tenths_and_full_marks_have_their_own() -> None:
    spread = spread_of([0.0, 0.0999, 0.1, 0.3, 0.7 + 0.1, 0.999, 1.0, None])
    assert spread.bins == [2, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1]
    assert spread.count == 7
    assert spread.median == 0.3


def test_nobody_has_no_mean() -> None:
    assert (spread_of([]).mean, spread_of([None]).median, times_of([])) == (None, None, None)


def test_discrimination_is_the_point_biserial_correlation_with_the_other_checks() -> None:
    draw = random.Random(3)
    rows = [[draw.random() < p for p in (0.3, 0.5, 0.7, 0.9)] for _ in range(40)]
    results = [result(*(check(f"c{i}", won, points=i + 1) for i, won in enumerate(row))) for row in rows]
    for i, stats in enumerate(checks_of(results)):
        rest = [sum((j + 1) * won for j, won in enumerate(row) if j != i) for row in rows]
        assert stats.discrimination == pytest.approx(pointbiserialr([row[i] for row in rows], rest).statistic)
        assert stats.facility == pytest.approx(sum(row[i] for row in rows) / 40)
        assert (stats.passed, stats.counted) == (sum(row[i] for row in rows), 40)


def test_too_few_or_equal_submissions_say_nothing_about_discrimination() -> None:
    few = [result(check("a", i % 2 == 0), check("b", i % 2 == 0)) for i in range(9)]
    equal = [result(check("a", True), check("b", i % 2 == 0)) for i in range(20)]
    assert [c.discrimination for c in checks_of(few)] == [None, None]
    assert [c.discrimination for c in checks_of(equal)] == [None, None]


def test_what_the_grader_failed_on_counts_for_nobody() -> None:
    ours = CheckResult("a", "A", Verdict.INTERNAL_ERROR, 0.0, 0.0)
    not_run = CheckResult("a", "A", Verdict.NOT_RUN, 0.0, 1.0)
    [stats] = checks_of([result(ours), result(not_run), result(check("a", True))])
    assert (stats.passed, stats.counted, stats.facility) == (1, 1, 1.0)


def test_a_student_counts_once_for_each_misconception() -> None:
    twice = ExerciseMark(
        "conv", Decimal(2), Decimal(0), grading=1, result=result(*(check(n, False, named=FLIPPED) for n in "ab"))
    )
    once = ExerciseMark("conv", Decimal(2), Decimal(1), grading=2, result=result(check("b", False, named=FLIPPED)))
    [found] = found_in([twice, once, ExerciseMark("conv", Decimal(2))])
    assert (found.students, found.checks, found.grading) == (2, ["A", "B"], 1)


def test_nine_of_ten_took_no_longer() -> None:
    times = times_of([result(seconds=s) for s in range(1, 11)])
    assert times is not None
    assert (times.median, times.most, times.longest) == (5.5, 9, 10)


def test_nearly_all_is_not_all() -> None:
    assert [percent(s) for s in (None, 0.0, 0.001, 0.5, 0.996, 1.0)] == ["–", "0 %", "<1 %", "50 %", ">99 %", "100 %"]


def test_signs_are_given_for_odd_numbers_of_enough_submissions() -> None:
    def said(facility: float, r: float | None, counted: int = 50) -> str:
        return " ".join(signs(CheckStats("a", "A", 1, counted, facility, r)))

    assert said(0.5, 0.5) == ""
    assert "nearly all" in said(0.97, 0.5)
    assert "hardly anybody" in said(0.1, 0.5)
    assert "is the check right?" in said(0.5, -0.3)
    assert "hardly tells" in said(0.5, 0.02)
    assert said(1.0, None, counted=5) == ""


def test_missing_exercises_count_as_nothing_and_missing_students_not_at_all() -> None:
    full = ExerciseMark("conv", Decimal(10), Decimal(10), grading=1, result=result(check("a", True)))
    people = [
        ClassMember("a", "A", "", [full, ExerciseMark("pooling", Decimal(10))]),
        ClassMember("b", "", "", [ExerciseMark("conv", Decimal(10)), ExerciseMark("pooling", Decimal(10))]),
    ]
    classroom = Classroom("week 1", {"conv": "Convolution", "pooling": "Pooling"}, people)
    stats = analyse(classroom)
    assert (stats.spread.count, stats.spread.mean) == (1, 0.5)
    assert [e.missing for e in stats.exercises] == [1, 2]
    assert [p.key for p in absent(classroom)] == ["b"]
    assert worklist(classroom) == []
    assert remarks(people[0]) == "pooling: no mark"


def test_a_file_that_did_not_load_is_to_be_looked_at() -> None:
    broken = ExerciseMark("conv", Decimal(1), Decimal(0), grading=1, result=result(error="line 1\nSyntaxError: bad"))
    classroom = Classroom("week 1", {"conv": "Convolution"}, [ClassMember("a", "Ada", "", [broken])])
    [group] = worklist(classroom)
    [item] = group.items
    assert (item.person.shown, item.text) == ("Ada", "Convolution: the file could not be loaded: SyntaxError: bad")
