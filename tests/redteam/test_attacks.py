"""Every file of `attacks/` is handed in, and gets the verdict that its docstring expects.

`Expect:` lists the verdicts that checks may get; `Score:` what may be won (`full`, `less` than full, or the points;
nothing, if not given); `Message:` a word that the student must find; `Limits:` limits other than `conftest.LIMITS`;
`Timing:` the verdicts that checks of speed may get; `Exercise:` one other than that of its theme.
In the source, `# <honest>` stands for the right solution, `# <works>` for one that is right only if `WORKED` is true,
`# <forge>` for the tools with which to write to the grader directly.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.clean import CONTROL
from grader.exercise import Exercise, load_exercise
from grader.judge.grade import grade
from grader.model import Result
from grader.report.as_json import to_json
from grader.report.message import message, unloaded
from grader.report.text import to_text
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import Submitted
from grader.submission.load import load

ATTACKS = Path(__file__).with_name("attacks")
PARTS = {path.stem: path.read_text() for path in Path(__file__).with_name("parts").glob("*.py")}
SECONDS = 60  # no attack keeps the grader longer, on a busy machine


def expectations(source: str) -> dict[str, str]:
    """The `Name: value` lines at the end of the docstring."""
    docstring = source.split('"""')[1]
    return dict(re.findall(r"^(Expect|Score|Message|Limits|Timing|Exercise): (.+)$", docstring, re.MULTILINE))


def with_parts(source: str) -> str:
    """The attack with the parts that it uses."""
    return re.sub(r"^# <(\w+)>$", lambda m: PARTS[m[1]], source, flags=re.MULTILINE)


def with_limits(exercise: Exercise, text: str) -> Exercise:
    """The exercise with some limits replaced."""
    pairs = (part.split("=") for part in text.split())
    limits = replace(exercise.limits, **{name: float(value) for name, value in pairs})
    changed = replace(exercise, limits=limits)
    vars(changed)["checks"] = exercise.checks
    return changed


def hand_in(
    path: Path, exercise: Exercise, scene, tmp_path: Path, sandbox: Sandbox | None = None
) -> tuple[Result, dict[str, str]]:
    """Grade one attack, in a warm sandbox unless it has limits of its own."""
    source = with_parts(path.read_text())
    wanted = expectations(source)
    file = tmp_path / "my_solution.py"
    file.write_text(scene.filled_in(source), encoding="utf-8")
    limits = wanted.get("Limits", "")
    return grade(load(file), with_limits(exercise, limits), sandbox=None if limits else sandbox), wanted


def judge(result: Result, wanted: dict[str, str]) -> None:
    """The verdicts and points are the expected ones, and the report is fit to be shown."""
    details = "\n".join(f"{c.name} {c.verdict}: {message(c)[:400]}" for c in result.checks) + result.stdout[:2000]
    assert not result.internal_error, details
    assert {str(c.verdict) for c in result.checks} <= set(wanted["Expect"].split()), details
    judge_score(result, wanted.get("Score", "0"), details)
    text = wanted.get("Message", "")
    assert any(text in message(c) for c in result.checks), details
    judge_report(result)


def judge_score(result: Result, wanted: str, details: str) -> None:
    """As many points as there may be."""
    if wanted == "full":
        assert result.full_marks, details
        return
    assert not result.full_marks
    assert result.max_score > 0
    limit = result.max_score - 0.5 if wanted == "less" else float(wanted)
    assert result.score <= limit, details


def judge_report(result: Result) -> None:
    """Valid JSON of a bounded size, and a text without a single control character."""
    report = to_json([result])
    assert json.loads(report)["score"] == result.score
    assert len(report) < 300_000
    report.encode("utf-8")
    shown = [unloaded(result), result.stdout, *result.notes, *(message(c) for c in result.checks)]
    assert not [text for text in shown if CONTROL.search(text)]
    assert "\x1b" not in to_text(result)


def attacks(*themes: str) -> pytest.MarkDecorator:
    """The files of these themes."""
    found = [p for p in sorted(ATTACKS.glob("*/*.py")) if p.parent.name in themes]
    return pytest.mark.parametrize("path", found, ids=lambda p: f"{p.parent.name}/{p.stem}")


@pytest.mark.sampled(quick=14, ci=5)
@attacks("leaving", "lying", "peeking", "forging", "exhausting", "escaping", "poisoning", "messages")
def test_attack(path: Path, scene, conv: Exercise, tmp_path: Path):
    started = time.monotonic()
    result, wanted = hand_in(path, conv, scene, tmp_path)
    assert time.monotonic() - started < SECONDS
    judge(result, wanted)


@pytest.fixture(scope="module")
def warm(basic_block: Exercise) -> Iterator[Sandbox]:
    """One zygote with torch for all attacks on BasicBlock: what one leaves behind, the next would find."""
    with Sandbox("torch", basic_block.limits) as sandbox:
        sandbox.worker(Submitted({"nothing.py": b""}, "nothing.py", ())).close()
        yield sandbox


@pytest.mark.slow
@pytest.mark.sampled(ci=8)
@attacks("modules")
def test_attack_on_modules(path: Path, warm: Sandbox, scene, basic_block: Exercise, tmp_path: Path):
    result, wanted = hand_in(path, basic_block, scene, tmp_path, warm)
    judge(result, wanted)


@pytest.fixture(scope="module")
def banning(banned_conv: Exercise) -> Iterator[Sandbox]:
    """One zygote without operators of convolution for all attacks on them."""
    with Sandbox.of(banned_conv) as sandbox:
        sandbox.worker(Submitted({"nothing.py": b""}, "nothing.py", ())).close()
        yield sandbox


@pytest.mark.sampled(quick=7, ci=2)
@attacks("bans")
def test_attack_on_bans(path: Path, banning: Sandbox, scene, banned_conv: Exercise, tmp_path: Path):
    result, wanted = hand_in(path, banned_conv, scene, tmp_path, banning)
    judge(result, wanted)


@pytest.mark.slow
@attacks("kits")
def test_attack_on_kits(path: Path, scene, tmp_path: Path):
    exercise = load_exercise(expectations(path.read_text())["Exercise"])
    result, wanted = hand_in(path, exercise, scene, tmp_path)
    judge(result, wanted)


def test_honest_block_after_all_that(warm: Sandbox, scene, basic_block: Exercise):
    result = grade(load(basic_block.reference_file), basic_block, sandbox=warm)
    assert result.full_marks, [message(c) for c in result.checks]


@pytest.mark.sampled(quick=4)
@attacks("timing")
def test_attack_on_the_clock(path: Path, scene, timed_conv: Exercise, tmp_path: Path):
    result, wanted = hand_in(path, timed_conv, scene, tmp_path)
    judge(result, wanted)
    judge_timing(result, wanted)


@attacks("taking")
def test_what_a_submission_takes_is_not_missing_elsewhere(path: Path, scene, timed_conv: Exercise, tmp_path: Path):
    result, wanted = hand_in(path, timed_conv, scene, tmp_path)
    judge(result, wanted)
    judge_timing(result, wanted)


@pytest.mark.slow
@attacks("timing_torch")
def test_attack_on_the_clock_of_torch(path: Path, scene, timed_fast_conv: Exercise, tmp_path: Path):
    result, wanted = hand_in(path, timed_fast_conv, scene, tmp_path)
    judge(result, wanted)
    judge_timing(result, wanted)


@pytest.mark.sampled(ci=8)
@pytest.mark.slow
@attacks("timing_torch", "gpu")
def test_attack_on_the_clock_of_a_gpu(path: Path, scene, fast_conv_on_gpu: Exercise, tmp_path: Path):
    result, wanted = hand_in(path, fast_conv_on_gpu, scene, tmp_path)
    # Threads that go on after an answer use up the time of the next one; the stand-in may be too quick to decide.
    wanted["Timing"] += " time_limit inconclusive"
    judge_timing(result, wanted)
    judge_report(result)
    assert not result.internal_error


def judge_timing(result: Result, wanted: dict[str, str]) -> None:
    """Nothing is won for speed, for the expected reason."""
    timed = [c for c in result.checks if c.kind == "timing"]
    assert timed
    assert {str(c.verdict) for c in timed} <= set(wanted["Timing"].split()), [message(c) for c in timed]
    assert [(c.score, c.bonus) for c in timed] == [(0, 0)] * len(timed)


@pytest.mark.sampled(quick=4, ci=3)
@pytest.mark.parametrize(
    "name",
    [
        "poisoning/memory_of_numpy",
        "poisoning/libraries",
        "poisoning/import_hooks",
        "poisoning/interpreter_settings",
        "leaving/all_descriptors_closed",
        "exhausting/heap",
        "exhausting/deep_tree",
        "exhausting/locked_tree",
        "exhausting/many_small_files",
        "escaping/kill_others",
        "escaping/signals_by_descriptor",
        "forging/garbage_on_every_descriptor",
    ],
)
def test_the_next_submission_is_unharmed(name: str, scene, conv: Exercise, tmp_path: Path):
    honest = tmp_path / "honest.py"
    honest.write_text(PARTS["honest"])
    with Sandbox("numpy", conv.limits) as sandbox:
        result, _ = hand_in(ATTACKS / f"{name}.py", conv, scene, tmp_path, sandbox)
        assert not result.internal_error
        after = grade(load(honest), conv, sandbox=sandbox)
        assert after.full_marks, [message(c) for c in after.checks]
