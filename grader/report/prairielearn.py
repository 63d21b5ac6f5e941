"""`--format prairielearn`: the results.json that PrairieLearn reads from an external grader.

Its fields: https://prairielearn.readthedocs.io/en/latest/externalGrading/#grading-results
"""

from __future__ import annotations

import json
from typing import Any

from ..model import CheckResult, Result
from .feedback import feedback, named, overview

MAX_BYTES = 1_000_000
MAX_TEXT = 2000  # characters of each text, where all of them would be too much


def to_prairielearn(results: list[Result]) -> str:
    """`score` from 0 to 1 and a test for each check; not gradable where our own error left nothing to count."""
    text = _dumped(results, None)
    return text if len(text.encode()) < MAX_BYTES else _dumped(results, MAX_TEXT)


def _dumped(results: list[Result], limit: int | None) -> str:
    most = sum(r.max_score for r in results)
    data: dict[str, Any] = {"gradable": most > 0}
    if most > 0:
        data["score"] = min(max(sum(r.score for r in results) / most, 0.0), 1.0)
    else:
        data["format_errors"] = ["The grader itself failed; this attempt does not count. Please try again later."]
    data["message"] = f"{sum(r.score for r in results):g} of {most:g} points"
    data["output"] = overview(results)[:limit]
    data["tests"] = [_test(title, check, limit) for title, _, check in named(results)]
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)


def _test(title: str, check: CheckResult, limit: int | None) -> dict[str, Any]:
    return {
        "name": title,
        "description": check.verdict.value,
        "points": check.score,
        "max_points": check.max_score,
        "message": feedback(check)[:limit],
    }
