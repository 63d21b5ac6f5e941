"""The result in the terminal: hanging indents there, no wrapping in a pipe, nothing said twice."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from grader.model import CheckResult, Misconception, Result, Verdict
from grader.model.cause import Cause, Why
from grader.model.findings import Asked, Aspect, Mismatch, NotDefined, NotReadable, Numbers, Outline, Told, Unmet
from grader.report import text, wording
from grader.report.text import print_result, to_text

FLIPPED = Misconception("kernel-flipped", "Kernel flipped", "You turned the kernel by 180 degrees; " * 3 + "the end.")
LONG = "`padding` adds that many rows and columns of zeros on all four sides of the image, and nowhere else."


def wrong(aspect: Aspect = Aspect.VALUES, **changes) -> Mismatch:
    """conv2d of a 4×4 array gives the negative of what is expected."""
    base = {"expected_shape": (2, 2), "actual_shape": (2, 2), "index": (0, 0), "max_error": 8.0, "wrong": 4}
    base |= {"expected_value": -2.0, "actual_value": 2.0, "expected": [[-2.0, 1.0]], "actual": [[2.0, 1.0]]}
    asked = Asked("conv2d", ((None, Outline("ndarray", (4, 4), "float64")),))
    return Mismatch(asked=asked, aspect=aspect, numbers=Numbers(**base | changes))


def check(verdict: Verdict = Verdict.WRONG_ANSWER, **changes) -> CheckResult:
    base = {"name": "padding", "title": LONG, "verdict": verdict, "score": 0.0, "max_score": 2.0}
    return CheckResult(**base | changes)


def result(*checks: CheckResult, **changes) -> Result:
    base = {
        "exercise": "conv",
        "title": "Convolution",
        "file": "my_conv.py",
        "seed": 7,
        "isolation": "confined",
    }
    return Result(**base | {"checks": list(checks)} | changes)


def in_terminal(shown: Result, width: int) -> list[str]:
    """The lines as a terminal of this width gets them."""
    out = io.StringIO()
    text.print_wrapped(shown, Console(file=out, width=width, force_terminal=True, highlight=False, color_system=None))
    return out.getvalue().split("\n")


# ---------------------------------------------------------------- layout


@pytest.mark.parametrize("width", [40, 80, 120])
def test_long_lines_hang_under_their_beginning(width):
    lines = in_terminal(result(check(findings=(wrong(),), misconception=FLIPPED)), width)
    body = lines[2 : lines.index("", 2)]
    assert body[0].startswith("✗ 0/2  `padding`")
    assert all(line.startswith(" " * 7) for line in body[1:])
    assert all(len(line) <= width for line in body)


def test_points_stand_in_a_column():
    shown = to_text(result(check(max_score=1.0), check(max_score=12.5), check(Verdict.INTERNAL_ERROR, max_score=0.0)))
    starts = [line.index("`padding`") for line in shown.splitlines() if "`padding`" in line]
    assert len(set(starts)) == 1


def test_without_a_terminal_nothing_is_wrapped_or_padded(capsys):
    print_result(result(check(findings=(Told(text="x " * 200),), misconception=FLIPPED)))
    lines = capsys.readouterr().out.split("\n")
    assert any(LONG in line for line in lines)
    assert any(line.count("x") == 200 for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_a_terminal_gets_no_trailing_spaces():
    lines = in_terminal(
        result(check(findings=(Told(text="one \n\n two " + "word " * 40),), misconception=FLIPPED), stdout="a  \nb"), 60
    )
    assert all(line == line.rstrip() for line in lines)


def test_a_stream_without_utf8_gets_plain_signs(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="cp1252", newline=""))
    print_result(result(check(findings=(Told(text="α → β"),)), check(Verdict.ACCEPTED, score=2.0)))
    shown = raw.getvalue().decode("cp1252")
    assert "\nx 0/2" in shown
    assert "\n+ 2/2" in shown
    assert "alpha > beta" in shown


@settings(max_examples=60)
@given(st.text(max_size=80), st.text(max_size=300), st.sampled_from([50, 80, 120]))
def test_hostile_text_moves_no_cursor(title, message, width):
    named = Misconception(title, title, message)
    shown = result(
        check(title=title, findings=(Told(text=message),), misconception=named),
        title=title,
        file=title,
        stdout=message,
        notes=[message],
    )
    lines = in_terminal(shown, width)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "\n".join(lines))
    assert all(cell_len(line) <= width for line in lines)


# ---------------------------------------------------------------- content


def test_numbers_are_one_sentence():
    shown = to_text(result(check(findings=(wrong(),))))
    assert (
        "The result has the right shape (2, 2), but 4 of 4 values differ. "
        "First at [0, 0]: expected -2, got 2; largest error 8.\n" in shown
    )
    assert "shape:" not in shown
    assert shown.count("conv2d(") == 1


def test_a_nan_has_no_largest_error():
    shown = to_text(result(check(findings=(wrong(Aspect.FINITE, actual_value=float("nan")),))))
    assert "got nan.\n" in shown


def test_a_single_number():
    lone = wrong(expected_shape=(), actual_shape=(), index=(), expected=[[1.0]], actual=[[2.0]])
    shown = to_text(result(check(findings=(lone,))))
    assert "Expected -2, got 2.\n" in shown
    assert "--format html" not in shown


def test_a_misconception_is_explained_once():
    shown = to_text(result(check(misconception=FLIPPED), check(misconception=FLIPPED)))
    assert shown.count("You turned the kernel by 180 degrees; You") == 1
    assert shown.count("→ Kernel flipped") == 2


def test_several_names_that_are_missing_are_told_as_several():
    lost = check(findings=(NotDefined(names=("ReLU", "Flatten", "Dense")),))
    assert "`ReLU`, `Flatten` and `Dense` are not defined in your file" in to_text(result(lost))


def test_a_long_message_is_not_repeated():
    missing = "`conv2d_multichannel` is not defined in your file (or is not callable)."
    lost, passed = check(findings=(Told(text=missing),)), check(Verdict.ACCEPTED)
    shown = to_text(result(lost, passed, lost))
    assert shown.count(missing) == 1
    assert shown.count(text.AGAIN) == 1
    other = check(findings=(Told(text="something else that is long enough to be worth not saying twice"),))
    assert text.AGAIN not in to_text(result(lost, other, lost))


def test_a_load_error_is_shown_once():
    why = NotReadable(text="line 3: invalid syntax")
    checks = [check(Verdict.RUNTIME_ERROR, findings=(why,)) for _ in range(5)]
    shown = to_text(result(*checks, unloaded=why))
    assert shown.count("line 3: invalid syntax") == 1
    assert "None of the 5 checks could be run." in shown


def test_a_picture_is_offered_only_where_there_is_one():
    assert "--format html" in to_text(result(check(findings=(wrong(),))))
    assert "--format html" not in to_text(result(check(findings=(Told(text="ValueError: no"),))))


def test_footer():
    passed = result(check(Verdict.ACCEPTED, score=2.0), stdout="hello\nthere", notes=["b was not graded"])
    shown = to_text(passed, verbose=True)
    assert "2 of 2 points\n  b was not graded\nYour file printed:" in shown
    assert "Your file printed:\n  hello\n  there\nisolation: confined  ·  seed 7 (--seed 7 " in shown
    assert to_text(passed).endswith("\nYour file printed:\n  hello\n  there\n")
    assert "not isolated from hostile code" in to_text(result(check(), isolation="process"))


def test_what_was_left_out_comes_first():
    shown = to_text(result(check(), left_out=((3, 0),), notes=["line 3 was left out"]))
    assert shown.startswith("Convolution  my_conv.py\n\n  line 3 was left out\n\n")


@pytest.mark.parametrize("verdict", [v for v in Verdict if v not in wording.SIGNS])
def test_a_missed_bonus_has_no_cross(verdict):
    bonus = check(verdict, max_score=0.0, max_bonus=2.0, kind="timing", findings=(Told(text="why"),))
    for verbose in (False, True):
        assert "✗" not in to_text(result(check(Verdict.ACCEPTED, score=2.0), bonus), verbose)


def test_a_bonus_that_is_missed_for_what_costs_points_is_not_told_again():
    missing = NotDefined(names=("conv2d",))
    lost = check(Verdict.NOT_DEFINED, findings=(missing,))
    bonus = check(Verdict.NOT_DEFINED, name="speed", title="Bonus", max_score=0.0, max_bonus=2.0, findings=(missing,))
    graded = result(lost, bonus, causes=(Cause(Why.NOT_DEFINED, ("padding",), 2.0, "conv2d"),))
    assert "Bonus" not in to_text(graded)
    assert "Bonus" in to_text(graded, verbose=True)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_is_shown(verdict):
    shown = to_text(result(check(verdict, findings=(Told(text="why"),))))
    assert ("why" in shown) == (verdict is not Verdict.ACCEPTED)


def test_what_the_headline_says_is_not_said_again_below_it():
    lost = check(findings=(Unmet(text="without a seed the split is not that of seed=0"),))
    shown = to_text(result(lost, causes=(Cause(Why.OTHER, ("padding",), 2),)))
    assert shown.casefold().count("without a seed") == 1


def test_a_name_begins_a_headline_as_it_is_written():
    lost = check(findings=(Unmet(text="split_indices should return three sequences"),))
    shown = to_text(result(lost, causes=(Cause(Why.OTHER, ("padding",), 2),)))
    assert shown.count("`split_indices` should return three sequences.") == 1
    assert "split_indices should" not in shown
    assert "Split_indices" not in shown
