"""Bars and roofline from measurements, in the page and in the terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from grader.cli.group import cli
from grader.exercise import load_exercise
from grader.model import CheckResult, Result, Verdict
from grader.model.measurement import Measurement, Roofline
from grader.report.html import to_html
from grader.report.speed import bars, roofline, span

CONV = load_exercise("conv").folder
FOUND = Measurement(
    "time",
    5.0,
    2.0,
    seconds={"submission": 2.1e-3, "reference": 1.1e-3, "null": 1e-4},
    rivals={"the <b>loop</b>": 0.1},
    roofline=Roofline(2.0, 1e9, 4e10, 1e10),
)


def test_bars_go_from_quick_to_slow_without_the_cost_of_the_call():
    found = bars(FOUND)
    assert [(b.name, b.time) for b in found] == [
        ("the reference", "1 ms"),
        ("yours", "2 ms"),
        ("the <b>loop</b>", "100 ms"),
    ]
    assert found[-1].width == 100
    assert found[0].width < found[1].width < 100
    assert [b.own for b in found] == [False, True, False]


def test_no_bars_where_the_submission_was_cut_off():
    assert bars(replace(FOUND, seconds={"reference": 1e-3})) == []


@pytest.mark.parametrize(("seconds", "text"), [(2.5, "2.5 s"), (0.0125, "12.5 ms"), (3e-6, "3 µs")])
def test_times_in_their_unit(seconds, text):
    assert span(seconds) == text


def test_the_call_lies_below_the_roof():
    picture = roofline(FOUND.roofline)
    assert "1 of at most 20 GFLOP/s, 5.0%" in picture.caption
    assert "memory is the limit" in picture.caption
    corners = [tuple(map(float, corner.split(","))) for corner in picture.roof.split()]
    assert picture.y > corners[1][1]
    assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in corners)
    assert "arithmetic is the limit" in roofline(replace(FOUND.roofline, intensity=100.0)).caption


def test_the_page_shows_both_and_escapes_names():
    check = CheckResult("speed", "Fast", Verdict.ACCEPTED, 0, 0, kind="timing", measurement=FOUND)
    page = to_html([Result("conv", "Conv", "a.py", 1, "capped", [check])])
    assert "the &lt;b&gt;loop&lt;/b&gt;" in page
    assert page.count('class="own"') == 2
    assert "polyline" in page


@pytest.mark.slow
def test_bench_shows_bars_and_gives_no_marks():
    for _ in range(4):  # beside busy neighbours, a quick call may seem to take no time: no roofline
        result = CliRunner().invoke(cli, ["bench", str(CONV / "right" / "im2col.py")])
        assert result.exit_code == 0, result.output
        if "GFLOP/s" in result.output:
            break
    assert re.search(r"yours +█+ [\d.]+ .?s", result.output)
    assert re.search(r"the chapter's loop +█{20}", result.output)
    assert "torch's own convolution" in result.output
    assert "GFLOP/s" in result.output
    assert "points" not in result.output


def test_bench_of_what_is_not_timed_is_a_usage_error():
    result = CliRunner().invoke(cli, ["bench", str(load_exercise("loss").reference_file)])
    assert result.exit_code == 2
    assert "nothing in this file is timed" in result.output
