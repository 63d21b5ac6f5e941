"""Grades every `right/` and `wrong/` file of the exercises and prints what became of them (`make bank`)."""

from __future__ import annotations

import sys
from pathlib import Path

from .diagnose import scopes
from .exercise import Check, Exercise, all_exercises, load_exercise
from .model import CheckResult, Verdict
from .plugin import run_checks
from .sandbox.interpreter import Interpreter
from .subject import LocalBackend


def grade_locally(exercise: Exercise, path: Path, seed: int = 1) -> list[CheckResult]:
    """Grade one of our own files in this process (no sandbox: never for a student's file)."""

    def backend(_check: Check) -> LocalBackend:
        return LocalBackend(Interpreter(scopes(exercise, path)))

    results = run_checks(exercise, list(exercise.checks), backend, seed)
    return [results[c.name] for c in exercise.checks]


def main(slugs: list[str]) -> int:
    """Print one line per file; exit 1 if a right one loses a point or a wrong one is not named as itself."""
    failed = False
    for exercise in [load_exercise(s) for s in slugs] if slugs else all_exercises():
        for path in [exercise.reference_file, exercise.starter_file, *sorted((exercise.folder / "right").glob("*.py"))]:
            failed |= _report(exercise, path, wanted=path.parent.name)
        for path in exercise.wrong_files():
            failed |= _report(exercise, path, wanted="wrong")
    return int(failed)


def _report(exercise: Exercise, path: Path, wanted: str) -> bool:
    results = grade_locally(exercise, path)
    lost = [r for r in results if r.verdict is not Verdict.ACCEPTED]
    names = {r.misconception.slug for r in lost if r.misconception}
    own = path.stem.replace("_", "-")
    if path.stem == "starter":
        good = bool(lost)
    else:
        good = names == {own} if wanted == "wrong" else not lost
    print(f"{'ok ' if good else 'BAD'} {exercise.slug} {path.parent.name}/{path.name}: "
          f"lost {[r.name for r in lost]} named {sorted(names)}")
    if not good:
        for r in lost[:3]:
            print("     ", r.name, r.verdict, r.message.replace("\n", "\n        ")[:1500])
    return not good


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
