"""Grade what one student handed in, on somebody else's machine: `python -I -m grader.package.run`.

Where the student's work cannot be graded for a reason of theirs, the result says so and has no points. Where the
grader fails, there is no result at all: platforms show that to the instructor, and nobody gets a wrong mark.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..atomic import replace_file
from ..clean import clean
from ..exercise import Exercise, load_exercise
from ..judge.grade import grade
from ..model import Result
from ..report.message import message
from ..sandbox.order import IsolationError
from ..submission.files import SubmissionError
from ..submission.load import Submission, load, restore
from ..submission.notebook import FOLDER

FULL, LESS, OURS = 0, 1, 3


def main(arguments: list[str] | None = None) -> int:
    """Grade, report in the platform's way; returns the exit code."""
    parser = argparse.ArgumentParser(prog="grader.package.run", description=__doc__)
    parser.add_argument("folder", type=Path, help="what the student handed in")
    parser.add_argument("exercises", nargs="+", metavar="SLUG")
    parser.add_argument("--require", default="process", help="the lowest isolation layer")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--gradescope", type=Path, metavar="FILE", help="write results.json")
    where.add_argument("--github", action="store_true", help="print what GitHub Actions shows")
    asked = parser.parse_args(arguments)
    try:
        results = graded(asked.folder, asked.exercises, asked.require)
    except SubmissionError as error:
        return _nothing(str(error), asked.exercises, asked.gradescope)
    except IsolationError as error:
        print(f"Nothing was graded: {error}")
        return OURS
    if any(r.internal_error for r in results):
        print("The grader failed; nothing was taken off. Grade again:")
        print(*(message(c) for r in results for c in r.checks if c.verdict == "internal_error"), sep="\n")
        return OURS
    return _gradescope(results, asked.gradescope) if asked.gradescope else _github(results)


# ---------------------------------------------------------------- grading


def graded(folder: Path, slugs: list[str], require: str) -> list[Result]:
    """Each exercise from the file that defines most of it. Raises SubmissionError and IsolationError."""
    exercises = [load_exercise(slug) for slug in slugs]
    candidates = list(_candidates(folder))
    return [grade(_best(candidates, exercise), exercise, require=require) for exercise in exercises]


def _candidates(folder: Path) -> Iterator[Submission]:
    """Every file that may be the main one. Raises SubmissionError if there is none."""
    first = load(folder)
    modules = {name: data for name, data in first.files.items() if not name.startswith(f"{FOLDER}/")}
    for main in sorted({first.main, *modules}):
        yield first if main == first.main else replace(restore(first.path, modules, main), data=first.data)
    for path in sorted(folder.rglob("*.ipynb")):
        if path.is_file() and not path.is_symlink() and ".ipynb_checkpoints" not in path.parts:
            yield load(path)


def _best(candidates: list[Submission], exercise: Exercise) -> Submission:
    return max(candidates, key=lambda c: len(set(exercise.names) & set(c.facts.defined)))


# ---------------------------------------------------------------- reports


def _gradescope(results: list[Result], path: Path) -> int:
    from ..report.gradescope import to_gradescope

    replace_file(path, to_gradescope(results))
    return FULL


def _nothing(reason: str, slugs: list[str], path: Path | None) -> int:
    """The student's own error: no points, and why."""
    text = clean(reason)
    if path is not None:
        replace_file(path, json.dumps({"score": 0.0, "output": text, "output_format": "text"}))
        return FULL
    possible = sum(load_exercise(slug).points for slug in slugs)
    print(text)
    _points(0.0, possible)
    return LESS


def _github(results: list[Result]) -> int:
    """The report, with the runner's commands in it switched off, then the points."""
    from ..report.text import to_text

    report = "\n".join(to_text(r) for r in results)
    word = secrets.token_hex(16)
    print(f"::stop-commands::{word}", report, f"::{word}::", sep="\n")
    _points(sum(r.score for r in results), sum(r.max_score for r in results))
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(summary, "a", encoding="utf-8") as file:
            file.write("".join(f"    {line}\n" for line in report.split("\n")))
    return FULL if all(r.full_marks for r in results) else LESS


def _points(won: float, possible: float) -> None:
    """Two notices in the form in which GitHub Classroom looked for points."""
    report = json.dumps({"totalPoints": won, "maxPoints": possible})
    print(f"::notice title=Autograding complete::Points {won:g}/{possible:g}")
    print(f"::notice title=Autograding report::{report}", flush=True)


if __name__ == "__main__":
    try:
        code = main()
    except Exception:
        traceback.print_exc()
        code = OURS
    sys.exit(code)
