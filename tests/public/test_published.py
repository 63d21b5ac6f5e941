"""Mistakes that were made in public, each in words of our own, lose points; honest ways of public code lose none.

Each file of `files/` is a submission to the exercise that its folder is named after, or a part of one: then the checks
of what it defines are asked. Its docstring says what went wrong, where that was found, and what it has to get.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from grader.author.bank import grade_locally
from grader.exercise import Check, Exercise, all_exercises, load_exercise
from grader.judge.grade import grade
from grader.model import CheckResult, Verdict
from grader.report.message import message
from grader.submission.load import load

FILES = sorted(Path(__file__).with_name("files").glob("*/*.py"))
QUICK_TORCH = {
    "fast_conv/point_kernel_without_padding",
    "inception/three_for_five",
    "mc_dropout/class_name_begins_with_dropout",
    "mobilenet/strides_one_and_two",
    "transfer/pairs_in_eight_bits",
}
SANDBOXED = (
    "conv/one_pixel_at_stride_two",
    "conv/doubly_blocked_toeplitz",
    "loss/maximum_of_the_whole_batch",
    "receptive_field/centres_and_starts",
    "mobilenet/strides_one_and_two",
)


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def parameter(path: Path):
    name, marks = label(path), []
    if load_exercise(path.parent.name).framework == "torch" and name not in QUICK_TORCH:
        marks.append(pytest.mark.slow)
    return pytest.param(path, id=name, marks=marks)


def said(path: Path) -> dict[str, str]:
    """The header in a file's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return dict(re.findall(r"^(Source|Expect): (.+)$", docstring, re.MULTILINE))


def asked(path: Path, exercise: Exercise) -> list[Check]:
    """The checks of values that call nothing but what the file defines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return [c for c in exercise.checks if c.kind == "correctness" and c.device == "cpu" and defined >= set(c.needs)]


def lost(checks: list[CheckResult]) -> list[str]:
    assert not [message(c) for c in checks if c.verdict is Verdict.INTERNAL_ERROR]
    return [f"{c.name}: {message(c)}" for c in checks if c.verdict is not Verdict.ACCEPTED]


@pytest.mark.sampled(quick=12, ci=12)
@pytest.mark.parametrize("path", [parameter(path) for path in FILES])
def test_a_published_file_gets_what_it_has_to(path: Path):
    exercise = load_exercise(path.parent.name)
    names = {c.name for c in asked(path, exercise)}
    found = lost([c for c in grade_locally(exercise, path, named=False) if c.name in names])
    assert names
    assert bool(found) == (said(path)["Expect"] == "loses"), found


@pytest.mark.slow
@pytest.mark.parametrize("name", SANDBOXED)
def test_the_sandbox_agrees(name: str, sandboxes):
    path = Path(__file__).with_name("files") / f"{name}.py"
    exercise = load_exercise(path.parent.name)
    result = grade(load(path), exercise, seed=2, sandbox=sandboxes(exercise.slug), timing=False)
    assert result.full_marks == (said(path)["Expect"] == "full marks")


def test_every_exercise_has_published_mistakes_and_every_file_a_source():
    kinds = Counter((path.parent.name, said(path)["Expect"]) for path in FILES)
    assert {kind for _, kind in kinds} == {"loses", "full marks"}
    assert {slug for slug, kind in kinds if kind == "loses"} == {e.slug for e in all_exercises()}
    assert all(len(said(path)["Source"]) > 20 for path in FILES)
    assert {*QUICK_TORCH, *SANDBOXED} <= {label(path) for path in FILES}
