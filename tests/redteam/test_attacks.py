"""Every file of `attacks/` is handed in, and gets the verdict that its docstring expects.

`Expect:` lists the verdicts that checks may get; `Score:` what may be won (`full`, `less` than full, or the points;
nothing, if not given); `Message:` a word that the student must find; `Limits:` limits other than `conftest.LIMITS`.
In the source, `# <honest>` stands for the right solution, `# <works>` for one that is right only if `WORKED` is true,
`# <forge>` for the tools with which to write to the grader directly.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from grader.exercise import Exercise, Limits
from grader.grade import grade
from grader.model import Result
from grader.report.as_json import to_json
from grader.report.clean import CONTROL
from grader.report.text import to_text
from grader.submission import load

ATTACKS = Path(__file__).with_name("attacks")
PARTS = {path.stem: path.read_text() for path in Path(__file__).with_name("parts").glob("*.py")}
FILES = sorted(ATTACKS.glob("*/*.py"))
SECONDS = 20  # no attack keeps the grader longer, on a busy machine


def expectations(source: str) -> dict[str, str]:
    """The `Name: value` lines at the end of the docstring."""
    docstring = source.split('"""')[1]
    return dict(re.findall(r"^(Expect|Score|Message|Limits): (.+)$", docstring, re.MULTILINE))


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


def hand_in(path: Path, exercise: Exercise, scene, tmp_path: Path) -> tuple[Result, dict[str, str]]:
    """Grade one attack."""
    source = with_parts(path.read_text())
    wanted = expectations(source)
    file = tmp_path / "my_solution.py"
    file.write_text(scene.filled_in(source), encoding="utf-8")
    return grade(load(file), with_limits(exercise, wanted.get("Limits", ""))), wanted


def judge(result: Result, wanted: dict[str, str]) -> None:
    """The verdicts and points are the expected ones, and the report is fit to be shown."""
    details = "\n".join(f"{c.name} {c.verdict}: {c.message[:400]}" for c in result.checks) + result.stdout[:2000]
    assert not result.internal_error, details
    assert {str(c.verdict) for c in result.checks} <= set(wanted["Expect"].split()), details
    judge_score(result, wanted.get("Score", "0"), details)
    text = wanted.get("Message", "")
    assert any(text in c.message for c in result.checks), details
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
    shown = [result.error, result.stdout, *result.notes, *(c.message for c in result.checks)]
    assert not [text for text in shown if CONTROL.search(text)]
    assert "\x1b" not in to_text(result)


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_attack(path: Path, request: pytest.FixtureRequest, scene, tmp_path: Path):
    exercise = request.getfixturevalue("basic_block" if path.parent.name == "modules" else "conv")
    started = time.monotonic()
    result, wanted = hand_in(path, exercise, scene, tmp_path)
    assert time.monotonic() - started < SECONDS
    judge(result, wanted)
