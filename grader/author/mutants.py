"""Grades mutants of each reference and right file: `make mutants`. What the checks do not notice is a hole.

A mutant that has full marks with most seeds, or with some, is asked other legal calls. If it answers (almost) all of
them as the reference does, it is equivalent; else it is a hole.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..checks import remembered
from ..exercise import Exercise, all_exercises
from ..root import ROOT
from .bank import files
from .command import FAULTY, GOOD, chosen, ended, parser
from .mutation import Mutant, mutants
from .table import MutantRow, check_table, table, update_table
from .trial import GRADING_SECONDS, full_marks, in_child, written
from .wrongness import wrong_share

PAGE = ROOT / "docs" / "inside" / "mutants.md"
SEEDS = range(1, 21)
SHARE = 0.02  # of the legal calls a mutant may get wrong and still be equivalent


@dataclass(frozen=True)
class Survivor:
    """A mutant of a file with full marks on more than one of `SEEDS`, and what share of the legal calls it gets wrong.

    `seeds` is on how many, counted for holes alone.
    """

    path: Path
    mutant: Mutant
    wrong: float
    seeds: int = 0

    @property
    def hole(self) -> bool:
        """Whether the checks should have noticed."""
        return self.wrong > SHARE

    def __str__(self) -> str:
        where = f"{self.path.relative_to(ROOT)}: {self.mutant.kind}"
        found = f"full marks on {self.seeds} of {len(SEEDS)} seeds, wrong on {self.wrong:.1%}"
        return f"{where}: {found}\n  - {self.mutant.before}\n  + {self.mutant.after}"


def candidates(exercise: Exercise, sample: int | None = None, seed: int = 0) -> list[tuple[Path, Mutant]]:
    """The mutants of the reference and the right files: all, or so many drawn with this seed."""
    ours = (path for kind, path in files(exercise) if kind in ("reference", "right"))
    found = [(path, mutant) for path in ours for mutant in mutants(path.read_text(encoding="utf-8"))]
    return found if sample is None else random.Random(seed).sample(found, min(sample, len(found)))


def survivor(exercise: Exercise, path: Path, mutant: Mutant) -> Survivor | None:
    """None if the checks notice the mutant."""
    with written(mutant.source) as file:
        if not _full(exercise, file, any, SEEDS[:1]) or not _full(exercise, file, any, SEEDS[1:]):
            return None
        left = Survivor(path, mutant, wrong_share(exercise, file))
        return replace(left, seeds=_full(exercise, file, sum, SEEDS)) if left.hole else left


def _full(exercise: Exercise, file: Path, any_or_sum: Callable[[Iterator[bool]], int], seeds: Sequence[int]) -> int:
    """With any of these seeds, or with how many, a file has full marks, graded in a child."""
    limit = GRADING_SECONDS * len(seeds)
    return in_child(lambda: any_or_sum(full_marks(exercise, file, seed) for seed in seeds), limit) or 0


def examine(exercise: Exercise, sample: int | None = None, seed: int = 0) -> tuple[MutantRow, list[Survivor]]:
    """Grade an exercise's mutants. The counts, and the holes: each is printed as it is found."""
    _warm(exercise)
    row, holes, drawn = MutantRow(exercise.slug), [], candidates(exercise, sample, seed)
    print(f"{exercise.slug}: {len(drawn)} mutants{'' if sample is None else f', drawn with seed {seed}'}", flush=True)
    for path, mutant in drawn:
        left = survivor(exercise, path, mutant)
        row = _counted(row, left)
        if left and left.hole:
            holes.append(left)
            print(left, flush=True)
    return row, holes


def _warm(exercise: Exercise) -> None:
    """Collect the checks, and compute what the reference answers: children find both."""
    remembered.keep()
    assert all(full_marks(exercise, exercise.reference_file, seed) for seed in SEEDS)


def _counted(row: MutantRow, left: Survivor | None) -> MutantRow:
    """The row with one more mutant."""
    row = replace(row, mutants=row.mutants + 1)
    if left is None:
        return replace(row, caught=row.caught + 1)
    return replace(row, holes=row.holes + 1) if left.hole else replace(row, equivalent=row.equivalent + 1)


def main(arguments: Sequence[str]) -> int:
    """Print the holes and the table. Returns 1 if there are holes, 2 for what cannot be done at all."""
    reader = parser("mutants", "Grade mutants of all right files.")
    reader.add_argument("--sample", type=int, metavar="N", help="so many of each exercise, drawn; else all")
    reader.add_argument("--seed", type=int, default=0, metavar="N", help="of the sample")
    reader.add_argument("--update", action="store_true", help=f"write the rows into {PAGE.name}")
    return ended(_examine_all, reader.parse_args(arguments))


def _examine_all(asked: argparse.Namespace) -> int:
    if asked.update:
        check_table(PAGE, MutantRow)
    rows = list(_rows(chosen(asked.slugs), asked))
    print(table(rows, MutantRow))
    if asked.update:
        update_table(PAGE, rows, {e.slug for e in all_exercises()}, MutantRow)
    return FAULTY if any(row.holes for row in rows) else GOOD


def _rows(exercises: Sequence[Exercise], asked: argparse.Namespace) -> Iterator[MutantRow]:
    return (examine(exercise, asked.sample, asked.seed)[0] for exercise in exercises)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
