"""Free-text tasks of the course with their rubrics, read from the files of `exercises/essays/`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from .authoring import Criterion, Fraction, Partial, Wrong

FOLDER = Path(__file__).resolve().parents[1] / "exercises" / "essays"


@cache
def task(slug: str) -> dict[str, Any]:
    """The file's data.

    Raises:
        FileNotFoundError: if there is no such task.
    """
    return tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))


def rubric(data: dict[str, Any]) -> list[Criterion]:
    """Its criteria; their points are the marks."""
    return [
        Criterion(
            entry["id"], Fraction(entry["points"]), entry["idea"], tuple(entry["accept"]),
            tuple(Partial(Fraction(part["points"]), part["text"]) for part in entry.get("partial", ())),
        )
        for entry in data["criteria"]
    ]  # fmt: skip


def wrong_claims(data: dict[str, Any]) -> list[Wrong]:
    """What is often claimed and is wrong, named after the criterion that it contradicts."""
    return [Wrong(entry["claim"], f"against-{entry.get('against') or 'all'}", entry["why"])
            for entry in data["contradictions"]]  # fmt: skip
