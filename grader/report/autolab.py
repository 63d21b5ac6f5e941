"""`--format autolab`: the report as text, and as the last line the scores that Autolab reads.

A problem is an exercise; make one of its slug in Autolab. See https://docs.autolabproject.com/lab/#writing-autograders.
Autolab puts quotes around every `word:` of the last line before it reads it, so nothing but slugs may stand there.
"""

from __future__ import annotations

import json
from collections import defaultdict

from ..model import Result, Verdict
from .feedback import feedback
from .text import to_text


def to_autolab(results: list[Result]) -> str:
    """Text, a line for Autolab's table of tests, and the line with the scores."""
    scores: dict[str, float] = defaultdict(float)
    for result in results:
        scores[result.exercise] += result.score
    lines = [
        *(to_text(result) for result in results),
        _presentation(results),
        json.dumps({"scores": {slug: round(score, 6) for slug, score in scores.items()}}),
    ]
    return "\n".join(lines)


def _presentation(results: list[Result]) -> str:
    stages = {r.exercise: {c.title: _outcome(c.verdict, feedback(c)) for c in r.checks} for r in results}
    return json.dumps({"_presentation": "semantic", "stages": list(stages), **stages})


def _outcome(verdict: Verdict, hint: str) -> dict[str, object]:
    return {"passed": True} if verdict is Verdict.ACCEPTED else {"passed": False, "hint": hint}
