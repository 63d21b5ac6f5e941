"""`--format json`: one object."""

from __future__ import annotations

import json
from typing import Any

from ..model import Result


def to_json(results: list[Result], student: str | None = None) -> str:
    """One result as it is; several as one object with their checks joined and the single ones under `results`."""
    data = results[0].to_dict() if len(results) == 1 else _joined(results)
    if student is not None:
        data["student"] = student
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)


def _joined(results: list[Result]) -> dict[str, Any]:
    return {
        "exercise": ",".join(dict.fromkeys(r.exercise for r in results)),
        "score": sum(r.score for r in results),
        "max_score": sum(r.max_score for r in results),
        "isolation": ",".join(dict.fromkeys(r.isolation for r in results)),
        "seed": results[0].seed if results else None,
        "checks": [c | {"name": f"{r.exercise}.{c['name']}"} for r in results for c in r.to_dict()["checks"]],
        "results": [r.to_dict() for r in results],
    }
