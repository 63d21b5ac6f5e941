"""One submission from the file to the record, through the real sandbox."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest

from grader.checks import compare, log
from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.judge.means import Interrupted
from grader.model import Limits, Verdict
from grader.model.findings import LimitHit
from grader.report.evidence import evidence
from grader.report.message import message, unloaded
from grader.report.text import to_text
from grader.root import ROOT
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import LAYERS, IsolationError
from grader.sandbox.remote import Worker
from grader.submission.load import load

SMALL = Limits(memory_mib=200)
TIGHT = {"busy": {"cpu_seconds": 0.5}, "sleep": {"wall_seconds": 1}}  # only there: a busy machine is slow in all else
CONV = (ROOT / "solutions" / "conv.py").read_text()


def verdicts(result) -> set[str]:
    return {c.verdict.value for c in result.checks}


def test_the_reference_gets_full_marks(grade_source):
    result = grade_source(CONV)
    assert result.full_marks
    assert result.score == result.max_score == load_exercise("conv").points
    assert result.isolation in LAYERS[1:]


def test_the_same_seed_gives_the_same_inputs_and_another_seed_others(grade_source):
    wrong = CONV.replace('ij", windows', 'ij", 2 * windows').replace('->ij", windows', '->ij", 2 * windows')
    first, again, other = (grade_source(wrong, seed=s) for s in (5, 5, 6))
    values = [
        [evidence(c).expected_value for c in r.checks if evidence(c) and c.name == "window"]
        for r in (first, again, other)
    ]
    assert values[0] == values[1] != values[2]


def test_what_is_missing_costs_only_its_own(grade_source):
    source = CONV[: CONV.index("def conv2d_multichannel")]
    result = grade_source(source)
    assert verdicts(result) == {"accepted", "not_defined"}
    needs = {c.name: c.needs for c in load_exercise("conv").checks}
    for check in result.checks:
        assert (check.verdict is Verdict.NOT_DEFINED) == ("conv2d_multichannel" in needs[check.name])


def test_a_function_that_returns_something_else_is_told_what(grade_source):
    result = grade_source("def conv2d(X, K, stride=1, padding=0):\n    return None\n")
    said = next(message(c) for c in result.checks if c.verdict is Verdict.WRONG_ANSWER)
    assert "conv2d(" in said
    assert "None" in said


def test_an_exception_shows_the_students_own_line(grade_source):
    result = grade_source("def conv2d(X, K, stride=1, padding=0):\n    return X[99, 99]\n")
    failed = next(c for c in result.checks if c.verdict is Verdict.RUNTIME_ERROR)
    assert "IndexError" in message(failed)
    assert "my_file.py, line 2, in conv2d: return X[99, 99]" in message(failed)
    assert "grader" not in message(failed)


def test_a_wrong_value_comes_with_shapes_place_values_and_error(grade_source):
    result = grade_source(CONV.replace("return np.einsum", "return 1 + np.einsum"))
    said = next(message(c) for c in result.checks if c.verdict is Verdict.WRONG_ANSWER)
    for part in ("shape: expected", "first at [0, 0]", "largest error: 1"):
        assert part in said


def test_no_misconception_is_guessed(grade_source):
    result = grade_source(CONV.replace("return np.einsum", "return 0.123 + np.einsum"))
    assert all(c.misconception is None for c in result.checks)


def test_a_banned_call_is_named_with_its_line_and_costs_what_leads_to_it(grade_source):
    source = CONV + textwrap.dedent("""
        import scipy.signal
        def conv2d(X, K, stride=1, padding=0):
            return scipy.signal.correlate2d(X, K)
        """)
    result = grade_source(source)
    hit = next(c for c in result.checks if c.verdict is Verdict.BANNED_CALL)
    line = source.splitlines().index("    return scipy.signal.correlate2d(X, K)") + 1
    assert f"line {line} " in message(hit)
    assert "scipy.signal.correlate2d" in message(hit)


def test_a_banned_call_in_a_self_test_is_nobodys_business(grade_source):
    source = CONV + textwrap.dedent("""
        def compare_with_scipy():
            import scipy.signal
            return scipy.signal.correlate2d

        if __name__ == "__main__":
            import torch
            torch.nn.functional.conv2d(1, 2)
        """)
    assert grade_source(source).full_marks


@pytest.mark.sampled(quick=6, ci=2)
@pytest.mark.parametrize(
    ("limit", "body", "verdict", "said"),
    [
        ("busy", "while True: pass", "time_limit", "processor time"),
        ("sleep", "import time; time.sleep(60)", "time_limit", "no answer within 1 s"),
        ("array", "return np.ones((1 << 31,))", "memory_limit", "memory"),
        ("heap", "x = [b'x' * (1 << 20) for _ in range(400)]", "memory_limit", "memory"),
        ("stdout", "print('x' * (1 << 22))", "output_limit", "printed"),
        ("disk", "open('big', 'wb').write(bytes(1 << 28))", "output_limit", "file"),
    ],
    ids="busy sleep array heap stdout disk".split(),
)
def test_the_limit_that_was_hit_is_named_and_the_other_checks_are_still_graded(tmp_path, limit, body, verdict, said):
    exercise = replace(load_exercise("conv"), limits=replace(SMALL, **TIGHT.get(limit, {})))
    source = CONV.replace("    X = np.pad(", f"    if stride == 2:\n        {body}\n    X = np.pad(")
    (tmp_path / "a.py").write_text(source)
    result = grade(load(tmp_path / "a.py"), exercise, seed=1)
    hit = [c for c in result.checks if c.verdict is not Verdict.ACCEPTED]
    assert {c.verdict.value for c in hit} == {verdict}
    assert said in message(hit[0]).lower()
    assert all("limit was hit" in message(c) or said in message(c).lower() for c in hit)
    assert 0 < len(hit) < len(result.checks) / 2


def test_checks_that_do_not_hang_keep_their_points_and_the_loop_is_named(tmp_path):
    source = CONV.replace("    X = np.pad(", "    while stride == 2:\n        pass\n    X = np.pad(", 1)
    (tmp_path / "a.py").write_text(source)
    result = grade(load(tmp_path / "a.py"), load_exercise("conv"), seed=1, timing=False)
    line = source.splitlines().index("    while stride == 2:") + 1
    stuck = [c for c in result.checks if any(isinstance(f, LimitHit) for f in c.findings)]
    assert [c.name for c in result.checks if c.verdict is Verdict.TIME_LIMIT] == [c.name for c in stuck]
    assert f"in the loop of line {line}, `while stride == 2`" in message(stuck[0])
    kept = {"examples", "window", "padding", "unchanged", "bias"}
    assert kept <= {c.name for c in result.checks if c.verdict is Verdict.ACCEPTED}


@pytest.mark.slow
def test_checks_that_call_no_method_that_hangs_keep_their_points(grade_source):
    stuck = "    def backward(self, dout):\n        while True: pass\n"
    source = (ROOT / "solutions" / "backprop.py").read_text().replace("    def backward(self, dout):\n", stuck, 1)
    result = grade_source(source, "backprop")
    assert {c.verdict.value for c in result.checks} == {"accepted", "time_limit"}
    assert {c.verdict.value for c in result.checks if c.name.startswith("pool")} == {"accepted"}


def test_a_crash_is_shown_at_the_call_that_crashed(grade_source):
    """Questions go ahead of the answers; what was answered before the end is taken all the same."""
    counted = "    calls.append(1)\n    len(calls) == 5 and os.abort()\n    X = np.pad("
    crash = "import os\ncalls = []\n" + CONV.replace("    X = np.pad(", counted, 1)
    result = grade_source(crash)
    examples, window = result.checks[:2]
    assert examples.verdict is Verdict.ACCEPTED
    assert window.verdict is Verdict.RUNTIME_ERROR
    assert "was ended by" in message(window)
    assert [given["shape"] for given in evidence(window).inputs] == [[3, 3], [3, 3]]  # the check's third call


def test_answers_that_fill_the_way_back_do_not_hold_up_the_questions(grade_source):
    wrong = "import numpy as np\ndef conv2d(X, K, stride=1, padding=0): return np.zeros(120_000)\n"
    result = grade_source(wrong + "def conv2d_multichannel(X, K, b, stride=1, padding=0): return np.zeros(120_000)\n")
    assert verdicts(result) == {"wrong_answer"}


def test_a_file_that_does_not_parse_is_graded_with_the_reason(grade_source):
    result = grade_source("def conv2d(X, K:\n    pass\n")
    assert result.score == 0
    assert result.max_score == load_exercise("conv").points
    assert "line 1" in unloaded(result)


def test_a_file_that_fails_to_load_is_graded_with_the_reason(grade_source):
    result = grade_source("raise LookupError('nothing is here')\n")
    assert result.score == 0
    assert "nothing is here" in unloaded(result)


@pytest.mark.slow
def test_modules_cross_the_boundary_whatever_their_parts_are_called(grade_source):
    for path in sorted((ROOT / "exercises" / "resnet" / "right").glob("*.py"))[:2]:
        result = grade_source(path.read_text(), "resnet", name=path.name)
        assert result.full_marks, [message(c) for c in result.checks if message(c)]


def test_a_layer_that_is_not_there_can_be_refused(tmp_path):
    (tmp_path / "a.py").write_text(CONV)
    exercise = load_exercise("conv")
    with Sandbox("numpy", exercise.limits, use_bubblewrap=False) as sandbox:
        with pytest.raises(IsolationError, match="contained"):
            grade(load(tmp_path / "a.py"), exercise, require="contained", sandbox=sandbox)
        result = grade(load(tmp_path / "a.py"), exercise, require="confined", sandbox=sandbox)
    assert result.isolation == "confined"
    assert result.full_marks


ZERO = "def conv2d(*_, **__): return 0\nconv2d_multichannel = conv2d\n"


def raises(*_: object) -> str:
    """Something of ours that cannot cope with an answer."""
    raise OverflowError("too large to be shown")


@pytest.mark.slow
def test_what_only_a_submission_s_answers_break_is_its_loss(grade_source, monkeypatch):
    monkeypatch.setattr("grader.judge.running.finding", raises)
    result = grade_source(ZERO)
    assert not result.internal_error
    assert result.not_counted == 0
    lost = next(c for c in result.checks if c.verdict == "wrong_answer")
    assert "OverflowError: too large to be shown" in message(lost)


def test_an_answer_that_cannot_be_compared_is_wrong(grade_source, monkeypatch):
    compared = compare.difference

    def breaks(expected, actual, *more):
        if isinstance(actual, int):
            raise RecursionError("too deep")
        return compared(expected, actual, *more)

    for module in (compare, log):
        monkeypatch.setattr(module, "difference", breaks)
    result = grade_source(ZERO)
    assert verdicts(result) == {"wrong_answer"}
    assert any("cannot go on with this answer" in message(c) for c in result.checks)


def test_what_breaks_with_right_answers_too_is_ours(grade_source, monkeypatch):
    monkeypatch.setattr("grader.judge.running.RunningCheck.judged", raises)
    result = grade_source(ZERO)
    assert result.internal_error
    assert not result.full_marks
    assert result.max_score == 0
    assert result.not_counted == load_exercise("conv").points


@pytest.mark.parametrize("error", ["a text", 7, ["a list"]])
def test_a_reply_to_loading_that_is_no_reply_costs_the_points(grade_source, monkeypatch, error):
    told = Worker._reply

    def lying(worker, *asked, **limits):
        reply = told(worker, *asked, **limits)
        return reply | {"left_out": error} if isinstance(reply, dict) and "left_out" in reply else reply

    monkeypatch.setattr(Worker, "_reply", lying)
    result = grade_source(CONV)
    assert verdicts(result) == {"runtime_error"}
    assert "malformed" in unloaded(result)


def test_what_was_decided_before_an_interruption_is_known(tmp_path, sandboxes):
    (tmp_path / "a.py").write_text(CONV)
    decided = []

    def stopping(check):
        decided.append(check.name)
        if len(decided) == 4:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stopped:
        grade(load(tmp_path / "a.py"), load_exercise("conv"), sandbox=sandboxes("conv"), timing=False, decided=stopping)
    result = stopped.value.result
    known = [c.name for c in result.checks if c.verdict is Verdict.ACCEPTED]
    assert known == decided[1:]
    assert (result.score, result.max_score) == (3, 3)
    assert f"{len(result.checks) - 4} of {len(result.checks)} checks were not asked" in to_text(result)
