"""What the authors' commands have in common: exercises by their names, and how they end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from ..exercise import Exercise, ExerciseError, all_exercises, load_exercise
from .table import TableError

GOOD, FAULTY, REFUSED = 0, 1, 2
"""All is as it should be; something is not, and was printed; what was asked for cannot be done at all."""


def parser(name: str, does: str) -> argparse.ArgumentParser:
    """Reads the names of exercises; each command adds its options."""
    made = argparse.ArgumentParser(prog=f"grader.author.{name}", description=does)
    made.add_argument("slugs", nargs="*", metavar="SLUG", help="an exercise; without any, all of them")
    return made


def chosen(slugs: Sequence[str]) -> list[Exercise]:
    """The exercises of these names, each once; all where none is named. Raises ExerciseError."""
    return [load_exercise(slug) for slug in dict.fromkeys(slugs)] or all_exercises()


def ended(work: Callable[[argparse.Namespace], int], asked: argparse.Namespace) -> int:
    """The exit code of the work; what cannot be done at all is one line."""
    try:
        return work(asked)
    except (ExerciseError, TableError) as error:
        print(error, file=sys.stderr)
        return REFUSED
