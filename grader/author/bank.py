"""Grades every `right/` and `wrong/` file of the exercises as students' files are graded: `make bank`.

A right file must get full marks, the starter less, and a wrong file must lose points and be named as itself and as
nothing else. A slow file must lose the points for speed and no others.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..checks.backend import LocalBackend
from ..checks.diagnose import scopes
from ..exercise import Check, Exercise, all_exercises, load_exercise
from ..judge.grade import grade
from ..judge.plugin import run_checks
from ..model import CheckResult, Verdict
from ..sandbox.inside.interpreter import Interpreter
from ..sandbox.launch import Sandbox
from ..submission.load import load

UNHARMED, OURS = "lost nothing", "internal error"


@dataclass
class BankRow:
    """What became of one exercise's files."""

    slug: str
    right: int = 0
    full: int = 0
    wrong: int = 0
    caught: int = 0
    named: int = 0
    faults: int = 0  # files of any kind that are not graded as they should be


def files(exercise: Exercise) -> Iterator[tuple[str, Path]]:
    """(kind, path) of every file of ours that can be handed in: reference, starter, right, wrong."""
    yield "reference", exercise.reference_file
    yield "starter", exercise.starter_file
    yield from (("right", path) for path in sorted((exercise.folder / "right").glob("*.py")))
    yield from (("wrong", path) for path in exercise.wrong_files)
    yield from (("slow", path) for path in sorted((exercise.folder / "slow").glob("*.py")))


def fault(kind: str, path: Path, checks: list[CheckResult]) -> str:
    """What is wrong with the grading of one of our files, or nothing."""
    lost = [c for c in checks if c.verdict is not Verdict.ACCEPTED and not c.neutral]
    names = sorted({c.misconception.slug for c in lost if c.misconception})
    if any(c.verdict is Verdict.INTERNAL_ERROR for c in checks):
        return OURS
    if kind in ("reference", "right"):
        return f"lost {', '.join(c.name for c in lost)}" if lost else ""
    if not lost:
        return UNHARMED
    if kind == "slow":
        return "lost more than speed" if any(c.kind != "timing" for c in lost) else ""
    own = path.stem.replace("_", "-")
    return f"named {', '.join(names) or 'nothing'}" if kind == "wrong" and names != [own] else ""


def grade_locally(exercise: Exercise, path: Path, seed: int = 1) -> list[CheckResult]:
    """Grade one of our own files in this process: no sandbox, so never a student's file."""

    def backend(_check: Check) -> LocalBackend:
        return LocalBackend(Interpreter(scopes(exercise, path)))

    results = run_checks(exercise, list(exercise.checks), backend, seed)
    return [results[c.name] for c in exercise.checks]


def examine(exercise: Exercise) -> BankRow:
    """Grade all files of one exercise behind one warm sandbox; faults are printed as they are found."""
    row = BankRow(exercise.slug)
    with Sandbox(exercise.framework, exercise.limits, preload=exercise.preload) as sandbox:
        for kind, path in files(exercise):
            problem = _problem(exercise, kind, path, sandbox)
            row.right += kind == "right"
            row.full += kind == "right" and not problem
            row.wrong += kind == "wrong"
            row.caught += kind == "wrong" and problem not in (UNHARMED, OURS)
            row.named += kind == "wrong" and not problem
            row.faults += bool(problem)
            if problem:
                print(f"{path}: {problem}", file=sys.stderr)
    return row


def _problem(exercise: Exercise, kind: str, path: Path, sandbox: Sandbox) -> str:
    timing = kind != "wrong"  # misconceptions are about values
    try:
        return fault(kind, path, grade(load(path), exercise, seed=1, sandbox=sandbox, timing=timing).checks)
    except Exception:  # one file's; the others are still to be looked at
        traceback.print_exc()
        return OURS


def table(rows: list[BankRow]) -> str:
    """Markdown."""
    lines = ["| exercise | right | full marks | wrong | caught | named |", "|---|---|---|---|---|---|"]
    total = BankRow("**all**", *(sum(getattr(r, f) for r in rows) for f in ("right", "full", "wrong", "caught", "named")))
    lines += [f"| {r.slug} | {r.right} | {r.full} | {r.wrong} | {r.caught} | {r.named} |" for r in [*rows, total]]
    return "\n".join(lines)


def main(slugs: list[str]) -> int:
    """Print the table; exit 1 if any file is not graded as it should be."""
    rows = [examine(e) for e in ([load_exercise(s) for s in slugs] if slugs else all_exercises())]
    print(table(rows))
    return int(any(r.faults for r in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
