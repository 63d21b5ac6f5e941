"""`--format gradescope`: the results.json that Gradescope reads.

Its fields: https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
"""

from __future__ import annotations

import json
from typing import Any

from ..model import CheckResult, Result, Verdict
from .feedback import feedback, named, overview

NEITHER = (Verdict.NOT_RUN, Verdict.INCONCLUSIVE, Verdict.INTERNAL_ERROR)


def to_gradescope(results: list[Result]) -> str:
    """One object with a test for each check; Gradescope adds the tests' scores up."""
    data: dict[str, Any] = {
        "execution_time": round(sum(r.seconds for r in results), 3),
        "output": overview(results),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(f"{i}", title, check) for i, (title, _, check) in enumerate(named(results), 1)],
        "extra_data": {
            "results": [{"exercise": r.exercise, "seed": r.seed, "isolation": r.isolation} for r in results]
        },
    }
    if not data["tests"]:
        data["score"] = 0.0  # required where no test has one
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)


def _test(number: str, title: str, check: CheckResult) -> dict[str, Any]:
    test: dict[str, Any] = {
        "number": number,
        "name": title,
        "score": check.score,
        "max_score": check.max_score,
        "output": feedback(check),
        "tags": [check.verdict.value, *([check.misconception.slug] if check.misconception else [])],
        "visibility": "visible",
    }
    if check.verdict not in NEITHER:
        test["status"] = "passed" if check.verdict is Verdict.ACCEPTED else "failed"
    return test
