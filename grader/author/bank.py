"""Grades every `right/` and `wrong/` file of the exercises as students' files are graded: `make bank`.

A right file must get full marks, the starter and files that do nothing no points, and a wrong file must lose points and
be named as itself and as nothing else. A slow file must lose the points for speed and no others.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..checks import remembered
from ..checks.backend import LocalBackend
from ..checks.diagnose import scopes
from ..exercise import Check, Exercise, all_exercises
from ..judge.grade import grade
from ..judge.run import run_checks
from ..model import CheckResult, Verdict
from ..root import ROOT
from ..sandbox.inside.interpreter import Interpreter
from ..sandbox.launch import Sandbox
from ..submission.load import load
from .command import FAULTY, GOOD, chosen, ended, parser
from .idle import idle_files
from .table import BankRow, check_table, table, update_table

PAGE = ROOT / "docs" / "inside" / "bank.md"


def files(exercise: Exercise) -> Iterator[tuple[str, Path]]:
    """(kind, path) of every file of ours that can be handed in: reference, starter, right, wrong, slow."""
    yield "reference", exercise.reference_file
    yield "starter", exercise.starter_file
    yield from (("right", path) for path in sorted((exercise.folder / "right").glob("*.py")))
    yield from (("wrong", path) for path in exercise.wrong_files)
    yield from (("slow", path) for path in sorted((exercise.folder / "slow").glob("*.py")))


def fault(kind: str, path: Path, checks: Sequence[CheckResult]) -> str:
    """What is wrong with the grading of one of our files, or nothing. No checks: it could not be graded."""
    lost = lost_checks(checks)
    if _failed(checks):
        return "internal error"
    if kind in ("reference", "right"):
        return f"lost {', '.join(c.name for c in lost)}" if lost else ""
    if kind in ("starter", "idle"):
        won = [c.name for c in checks if c.score or c.bonus]
        return f"won {', '.join(won)}" if won else ""
    if not lost:
        return "lost nothing"
    if kind == "slow":
        return "lost more than speed" if any(c.kind != "timing" for c in lost) else ""
    names = sorted({c.misconception.slug for c in lost if c.misconception})
    own = path.stem.replace("_", "-")
    return f"named {', '.join(names) or 'nothing'}" if kind == "wrong" and names != [own] else ""


def lost_checks(checks: Sequence[CheckResult]) -> list[CheckResult]:
    """Those that cost points."""
    return [c for c in checks if c.verdict is not Verdict.ACCEPTED and not c.neutral]


def _failed(checks: Sequence[CheckResult]) -> bool:
    """Whether the grader itself failed."""
    return not checks or any(c.verdict is Verdict.INTERNAL_ERROR for c in checks)


def grade_locally(exercise: Exercise, path: Path, seed: int = 1, *, named: bool = True) -> list[CheckResult]:
    """Grade one of our own files in this process: no sandbox, so never a student's file.

    Unless `named`, no misconception is looked for, which takes most of the time.
    """

    def backend(_check: Check) -> LocalBackend:
        return LocalBackend(Interpreter(scopes(exercise, path)))

    results = run_checks(exercise, list(exercise.checks), backend, seed, named=named)
    return [results[c.name] for c in exercise.checks]


def examine(exercise: Exercise, every: int = 1) -> tuple[BankRow, int]:
    """Grade the files of one exercise behind one warm sandbox, also those that do nothing.

    Of the wrong ones, one in `every` so many. Returns the counts, and how many files of any kind are not graded as they
    should be: each is printed as it is found.
    """
    row, faults = BankRow(exercise.slug), 0
    left_out = set(exercise.wrong_files) - set(exercise.wrong_files[::every])
    with Sandbox.of(exercise) as sandbox, tempfile.TemporaryDirectory() as folder:
        idle = (("idle", path) for path in idle_files(exercise, Path(folder)))
        for kind, path in (file for file in (*files(exercise), *idle) if file[1] not in left_out):
            checks = _checks(exercise, kind, path, sandbox)
            problem = fault(kind, path, checks)
            row = _counted(row, kind, checks, sound=not problem)
            faults += bool(problem)
            if problem:
                print(f"{path}: {problem}", file=sys.stderr)
    return row, faults


def _counted(row: BankRow, kind: str, checks: Sequence[CheckResult], *, sound: bool) -> BankRow:
    """The row with one more file."""
    if kind == "right":
        return replace(row, right=row.right + 1, full=row.full + sound)
    if kind == "wrong":
        caught = bool(lost_checks(checks)) and not _failed(checks)
        return replace(row, wrong=row.wrong + 1, caught=row.caught + caught, named=row.named + sound)
    return row


def _checks(exercise: Exercise, kind: str, path: Path, sandbox: Sandbox) -> list[CheckResult]:
    """The graded checks; none where grading raised an error, which is printed."""
    timing = kind != "wrong"  # misconceptions are about values
    try:
        return list(grade(load(path), exercise, seed=1, sandbox=sandbox, timing=timing).checks)
    except Exception:  # one file's; the others are still to be graded
        traceback.print_exc()
        return []


def main(arguments: list[str]) -> int:
    """Print the table. Returns 1 if a file is not graded as it should be, 2 for what cannot be done at all."""
    reader = parser("bank", "Grade all files of the exercise bank.")
    reader.add_argument("--update", action="store_true", help=f"write the rows into {PAGE.name}")
    return ended(_examine_all, reader.parse_args(arguments))


def _examine_all(asked: argparse.Namespace) -> int:
    remembered.keep()  # all files are asked the same
    exercises = chosen(asked.slugs)
    if asked.update:
        check_table(PAGE, BankRow)  # now, and not after minutes of grading
    found = [examine(exercise) for exercise in exercises]
    print(table((row for row, _ in found), BankRow))
    if asked.update:
        update_table(PAGE, [row for row, faults in found if not faults], {e.slug for e in all_exercises()}, BankRow)
    return FAULTY if any(faults for _, faults in found) else GOOD


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
