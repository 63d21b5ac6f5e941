"""What counts as alike, and what never does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.classreport.alike import _given
from grader.classreport.similarity import matches
from grader.exercise import EXERCISES

STARTER = (EXERCISES / "conv" / "starter.py").read_text()
RIGHT = {p.stem: p.read_text() for p in sorted((EXERCISES / "conv" / "right").glob("*.py"))}
GIVEN = _given("conv")
FIRST, SECOND = list(RIGHT.values())[:2]


def renamed(text: str) -> str:
    """The same code with other names, other comments and other spaces."""
    for number, name in enumerate(("kernel", "image", "padding", "height", "width", "result", "rows", "out")):
        text = re.sub(rf"\b{name}\b", f"v{number}", text)
    return "# all mine\n\n" + text.replace("\n\n", "\n\n\n  \n").replace(", ", ",")


def test_another_name_for_everything_hides_nothing() -> None:
    [match] = matches([FIRST, renamed(FIRST)], GIVEN, 0.8)
    assert min(match.shares) > 0.8
    assert match.texts == (0, 1)


def test_independent_solutions_are_not_alike() -> None:
    assert len(RIGHT) >= 5
    assert matches(list(RIGHT.values()), GIVEN, 0.8) == []


def test_copies_of_the_starter_and_tiny_files_make_no_pairs() -> None:
    tiny = "def conv2d(X, K, stride=1, padding=0):\n    return X\n"
    assert matches([STARTER, STARTER, STARTER + "\n# mine\n", tiny, tiny, "", "\n"], GIVEN, 0.01) == []


def test_the_lines_that_are_alike_are_the_copied_ones() -> None:
    copied = SECOND.strip().split("\n")
    host = ["import numpy as np", "", "def unlike(a, b):", "    return [x ** 3 / (1 + y) for x, y in zip(a, b)]", ""]
    [match] = matches(["\n".join(host + copied), SECOND.strip()], GIVEN, 0.5)
    lines = match.lines[0]
    assert lines
    assert min(lines) > 4
    assert len(lines) > len([c for c in copied if c.strip()]) / 2


def test_lines_are_right_below_a_class_with_a_long_name() -> None:
    preface = "class " + "A" * 300 + ":\n    pass\n\n"
    [match] = matches([preface + FIRST, FIRST], GIVEN, 0.5)
    assert {n + 3 for n in match.lines[1]} == set(match.lines[0])


def test_what_many_have_is_nobodys_own() -> None:
    others = [
        f"{FIRST}\n\ndef extra_{i}(a):\n    return {' + '.join(f'a[{i * j}]' for j in range(60))}\n" for i in range(30)
    ]
    assert matches(others, GIVEN, 0.3) == []
    assert len(matches(others[:3], GIVEN, 0.3)) == 3


@pytest.mark.parametrize("text", ["def f(:\n  '''", "\x00\x01", "é" * 5000, "x = 1\n" * 2_000])
def test_whatever_is_handed_in_is_compared(text: str) -> None:
    assert all(min(m.shares) >= 0 for m in matches([text, FIRST, text], GIVEN, 0.5))


@pytest.mark.slow
def test_the_result_does_not_depend_on_pythons_hashes() -> None:
    code = (
        "import sys, json; from grader.classreport.similarity import matches; from pathlib import Path;"
        "t = [Path(p).read_text() for p in sys.argv[1:]];"
        "print([(m.texts, m.shares, sorted(m.lines[0])) for m in matches(t, [], 0.01)])"
    )
    files = [str(p) for p in sorted((EXERCISES / "conv" / "wrong").glob("*.py"))[:6]]
    root = str(Path(__file__).parents[2])
    answers = {
        subprocess.run(
            [sys.executable, "-c", code, *files],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert b"(0, 1)" in answers.pop()
