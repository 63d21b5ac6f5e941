"""The marks of the class of 120, from the printed rules and the raw points: nothing here is the grader's code."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from .downloads_of_120 import DUE, EXTENDED, OVERRIDDEN, WEEKS, WITHDRAWN, HandedInFile, TestClass
from .nameless_of_120 import BLIND_DUE, EXTRA, OPENS

PER_DAY, CAP, FREE_DAYS = 10, 50, 1
Cell = tuple[str, str, str]  # assignment, student's key, exercise
SHARES = (
    "SELECT assignments.name, items.exercise, attempts.file, gradings.id FROM gradings JOIN attempts ON "
    "attempts.id = attempt_id JOIN items ON items.id = item_id JOIN assignments ON assignments.id = assignment_id"
)


def expected(made: TestClass, gradebook: Path) -> dict[Cell, tuple[str, str]]:
    """Points and days late of every cell of everybody who has not withdrawn; empty where nothing is known.

    What came last counts: nobody hands in twice but where that is the rule.
    """
    raw, cost = _raw_shares(gradebook), charged(made)
    cells = {
        (week, made.key(n), e): ("", "")
        for week, points in WEEKS.items() for e in points for n in range(made.count) if n != WITHDRAWN
    }  # fmt: skip
    for file in made.files:
        if file.number != WITHDRAWN:
            points = _points(file, raw[file.week, file.exercise, file.path], cost.get(file, 0))
            cells[file.week, made.key(file.number), file.exercise] = points, _days(made, file)
    place = "week 1", made.key(OVERRIDDEN), "padding"
    cells[place] = "11", cells[place][1]
    return cells


def _days(made: TestClass, file: HandedInFile) -> str:
    late = days_late(made, file)
    return "" if late is None else str(late)


def _points(file: HandedInFile, share: Fraction, days: int) -> str:
    """The share, minus ten per cent of the points possible for each day begun, at most half, never below nothing."""
    possible = Fraction(WEEKS[file.week][file.exercise])
    points = max(possible * share - possible * min(days * PER_DAY, CAP) / 100, Fraction(0))
    hundredths = math.floor(points * 100 + Fraction(1, 2))
    return f"{(Decimal(hundredths) / 100).normalize():f}"


def due(made: TestClass, file: HandedInFile) -> datetime:
    """With every extension of the student, of the section and of all: the most generous."""
    if file.week == "week 4":
        extra = (BLIND_DUE - OPENS) / 4 if file.number in EXTRA else timedelta()
        section = timedelta(days=1) if made.section(file.number) == "B" else timedelta()
        return BLIND_DUE + max(extra, section)
    if file.week == "week 5":
        return DUE + timedelta(days=1)
    return DUE + timedelta(days=3) if (file.week, file.number) == ("week 1", EXTENDED) else DUE


def days_late(made: TestClass, file: HandedInFile) -> int | None:
    """Days begun; None where nobody says when it came."""
    if file.at is None:
        return None
    return max(0, math.ceil((file.at - due(made, file)) / timedelta(days=1)))


def charged(made: TestClass) -> dict[HandedInFile, int]:
    """Days that cost points: each student has FREE_DAYS in the whole course, taken by what comes first.

    A day that a week has taken covers all that comes for it.
    """
    late = [(f.at, n, f, days) for n, f in enumerate(made.files) if f.at and (days := days_late(made, f))]
    left: Counter[int] = Counter(dict.fromkeys(range(made.count), FREE_DAYS))
    taken: Counter[tuple[int, str]] = Counter()
    cost = {}
    for *_, file, days in sorted(late, key=lambda one: one[:2]):
        place = file.number, file.week
        more = min(max(days - taken[place], 0), left[file.number])
        taken[place] += more
        left[file.number] -= more
        cost[file] = days - min(days, taken[place])
    return cost


def _raw_shares(path: Path) -> Mapping[tuple[str, str, str], Fraction]:
    """(Assignment, exercise, file) → points of those possible, before any rule."""
    with sqlite3.connect(path) as database:
        rows = database.execute(SHARES).fetchall()
        checks: dict[int, list[tuple[str, str]]] = {}
        for number, score, most in database.execute("SELECT grading_id, score, max_score FROM checks"):
            checks.setdefault(number, []).append((str(score), str(most)))
    return {
        (week, exercise, file): sum(Fraction(s) for s, _ in checks[n]) / sum(Fraction(m) for _, m in checks[n])
        for week, exercise, file, n in rows
    }
