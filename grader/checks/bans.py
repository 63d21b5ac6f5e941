"""Calls that an exercise does not allow, found in the source before anything runs: for a message at once.

What the worker makes impossible (hidden packages, replaced operators of torch) is found there, however it is called.
"""

from __future__ import annotations

import re
from fnmatch import translate
from functools import cache

from ..exercise import Check, Exercise
from ..submission.scan import CallSite, Facts


def banned_call(exercise: Exercise, check: Check, facts: Facts) -> CallSite | None:
    """The first call that is not allowed and that this check's names lead to."""
    reached = _reachable(set(check.needs), facts)
    hits = [c for c in facts.calls if c.inside in reached or c.inside == "*"]
    return next((c for c in hits if _banned(exercise.visibly_banned).match(c.name)), None)


@cache
def _banned(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What matches the full name of a call that is not allowed."""
    return re.compile("|".join(map(translate, patterns)) or r"(?!)")


def _reachable(names: set[str], facts: Facts) -> set[str]:
    """The top-level definitions that these names mention, directly or through others."""
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += facts.uses.get(name, [])
    return reached
