"""Whether right cases are as it is said of the wrong ones: if not, it is so only where it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..model.explanation import WHEREVER, Likeness
from .asked import AskedCase

MOST_RIGHT, MOST_WRONG = 30, 10  # cases that are looked at

Answers = Callable[[AskedCase], "Sequence[Any] | None"]


def so_elsewhere(
    what: Likeness, answers: Answers, wrong: Sequence[AskedCase], right: Sequence[AskedCase], stop: Callable[[], bool]
) -> bool:
    """Whether it holds on these right cases, and on what is right in the wrong ones; not where there is no time.

    Of the right ones, only the calls are looked at that are wrong in others.
    """
    if what in WHEREVER or what is Likeness.APART:  # which is said of what is right, too
        return True
    calls = frozenset(entry.call for asked in wrong for entry in asked.failed)
    cases = [*wrong[:MOST_WRONG], *right[-MOST_RIGHT:]]
    for asked in [AskedCase(case.case, case.entries, calls=calls) for case in cases]:
        if asked.failed and (stop() or not _so(answers, asked)):
            return False
    return True


def _so(answers: Answers, asked: AskedCase) -> bool:
    try:
        return answers(asked) is not None
    except Exception:  # an answer that is nothing of the kind
        return False
