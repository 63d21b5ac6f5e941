"""The options of `grade batch`, apart from its two halves: the first runs before SQLAlchemy is imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BatchOptions:
    """What to grade, where results go, and how. `where`: the gradebook; `out`: the folder of pages."""

    path: Path
    exercise: str | None
    assignment: str | None
    where: str
    roster: Path | None
    who: Path | None
    times: Path | None
    times_from: str | None
    zone: str | None
    out: Path | None
    jobs: int | None
    cluster: str | None
    wait: float | None
    seed: int | None
    fresh: bool
    require: str
    layer: str | None
    timing: bool
    no_explain: bool
    json_progress: bool
    dry_run: bool
