"""How much of an exercise's contract a file gets wrong, by the reference."""

from __future__ import annotations

from pathlib import Path

from ..exercise import Exercise
from .trial import full_marks, in_child

OTHERS = range(1001, 1201)  # seeds with which no mutant is graded otherwise


def wrong_share(exercise: Exercise, path: Path) -> float:
    """On what share of the other seeds it loses points: 0 … 1."""
    lost = in_child(lambda: sum(not full_marks(exercise, path, seed) for seed in OTHERS))
    return 1.0 if lost is None else lost / len(OTHERS)
