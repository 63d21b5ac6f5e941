"""What explanations cost: wrong files of each exercise, with and without: python benchmarks/explain.py [SLUG …].

Seconds are of processor time, the worker's included, in a process that has everything imported: what else a
command takes is the same with and without. `more` is what is spent between the last verdict and the result. For the
class, as many right files are graded, first without explanations and then with them, each from nothing, as `grade
batch` does it: answers of our own modules are remembered. `--files N` says how many wrong files of an exercise.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from grader.batch.work import EXPLAIN_SHARE
from grader.checks import remembered
from grader.exercise import Exercise, all_exercises, load_exercise
from grader.judge import session
from grader.judge.explaining import Explainer
from grader.judge.grade import grade
from grader.judge.naming import Naming
from grader.sandbox.launch import Sandbox
from grader.submission.load import load

HEAD = "| exercise | wrong files | grading one, s | more, median | more, most | the dearest | a class, half wrong |"


class Processor:
    """Seconds of this process and of all workers, and how many of them went into explanations."""

    def __init__(self) -> None:
        self.explaining = self._gone = 0.0
        self._sessions: list[session.Session] = []
        close, opened = session.Session.close, session.Session.open
        session.Session.close = self._closing(close)  # type: ignore[method-assign]
        session.Session.open = self._opening(opened)  # type: ignore[method-assign]
        for kind, name in ((Explainer, "explained"), (Naming, "pairs")):
            setattr(kind, name, self._counted(getattr(kind, name)))

    def seconds(self) -> float:
        """Used so far."""
        workers = [s.worker.usage.cpu for s in self._sessions if s._worker is not None]
        return time.process_time() + self._gone + sum(workers)

    def _opening(self, opened: Callable[..., None]) -> Callable[..., None]:
        def noted(asked: session.Session, *rest: Any, **options: Any) -> None:
            self._sessions = [asked]
            opened(asked, *rest, **options)

        return noted

    def _closing(self, close: Callable[..., None]) -> Callable[..., None]:
        def noted(asked: session.Session, *rest: Any, **options: Any) -> None:
            self._gone += asked.worker.usage.cpu if asked._worker is not None else 0.0
            close(asked, *rest, **options)

        return noted

    def _counted(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            before = self.seconds()
            try:
                return work(*arguments)
            finally:
                self.explaining += self.seconds() - before

        return counted


def spread(files: Sequence[Path], count: int) -> list[Path]:
    """So many of them, evenly; again from the start where there are fewer."""
    return [files[i * len(files) // count] if len(files) > count else files[i % len(files)] for i in range(count)]


def row(exercise: Exercise, count: int, processor: Processor) -> str:
    """One line of the table."""
    wrong = spread(exercise.wrong_files, count)
    with Sandbox.of(exercise) as box:

        def spent(files: Sequence[Path], **how: Any) -> list[tuple[float, float]]:
            """Of each file: seconds in all, and those of explanations."""
            found = []
            for file in files:
                processor.explaining, before = 0.0, processor.seconds()
                grade(load(file), exercise, seed=1, sandbox=box, timing=False, **how)
                found.append((processor.seconds() - before, processor.explaining))
            return found

        spent(wrong[:1], explained=True)  # what is imported once
        alone = spent(wrong, explained=True)
        right = spread(sorted((exercise.folder / "right").glob("*.py")), count)
        everybody = [file for pair in zip(right, wrong, strict=True) for file in pair]
        remembered._kept = {}
        without = sum(total for total, _ in spent(everybody))
        remembered._kept = {}
        beside = sum(total for total, _ in spent(everybody, explained=True, explain_share=EXPLAIN_SHARE))
        remembered._kept = None
    more = [m for _, m in alone]
    grading = statistics.median(total - m for total, m in alone)
    dearest = wrong[more.index(max(more))].stem
    cells = f"{grading:.2f}", f"{statistics.median(more):.2f}", f"{max(more):.2f}", f"`{dearest}`"
    return f"| {' | '.join((exercise.slug, str(len(set(wrong))), *cells, f'{beside / without:.2f}'))} |"


def main() -> None:
    """Print a table."""
    reader = argparse.ArgumentParser(description="What explanations cost.")
    reader.add_argument("slugs", nargs="*", metavar="SLUG", help="an exercise; without any, all of them")
    reader.add_argument("--files", type=int, default=8, metavar="N", help="wrong files of each exercise")
    asked = reader.parse_args()
    print(HEAD + "\n" + "|---" * (HEAD.count("|") - 1) + "|")
    processor = Processor()
    for exercise in [load_exercise(slug) for slug in asked.slugs] or all_exercises():
        print(row(exercise, asked.files, processor), flush=True)


if __name__ == "__main__":
    main()
