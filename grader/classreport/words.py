"""Words that the class's page and its terminal summary share."""

from __future__ import annotations

from decimal import Decimal

from ..gradebook.late import Lateness
from ..gradebook.words import counted, told
from ..moments import shown
from .model import CheckStats, ClassMember, ExerciseMark, ExerciseStats
from .stats import LEAST

EASY, HARD, FLAT, BACKWARD = 0.95, 0.2, 0.1, -0.1


def signs(check: CheckStats) -> list[str]:
    """What is odd about a check's numbers; nothing for too few submissions."""
    if check.facility is None or check.counted < LEAST:
        return []
    found = []
    if check.facility >= EASY:
        found.append("nearly all pass")
    if check.facility <= HARD:
        found.append("hardly anybody passes")
    if check.discrimination is not None and check.discrimination < BACKWARD:
        found.append("the better students fail it more often: is the check right?")
    elif check.discrimination is not None and check.discrimination < FLAT:
        found.append("hardly tells who does well otherwise")
    return found


def percent(share: float | None) -> str:
    """Whole per cent; `>99 %` and `<1 %` for what is only nearly 100 or 0."""
    if share is None:
        return "–"
    rounded = round(100 * share)
    if rounded == 100 and share < 1:
        return ">99 %"
    return "<1 %" if rounded == 0 and share > 0 else f"{rounded} %"


def plain(points: Decimal | None) -> str:
    """Digits without trailing zeros; a dash for none."""
    return "–" if points is None else f"{points.normalize():f}"


def editions(stats: ExerciseStats) -> str:
    """Of an exercise with several editions: how many marks come from which."""
    listed = ", ".join(f"{edition} ({counted(count, 'mark')})" for edition, count in stats.editions.items())
    return f"Graded with more than one edition of the exercise: {listed}."


def remarks(person: ClassMember, zone: str = "") -> str:
    """What a line of the list says beside the points: lateness, decisions, errors, the misconceptions found."""
    several = len(person.entries) > 1
    texts = [f"{e.exercise}: {text}" if several else text for e in person.entries for text in _remarks(e, zone)]
    return "; ".join(texts)


def _remarks(entry: ExerciseMark, zone: str) -> list[str]:
    found = []
    if entry.excused:
        found.append("excused")
    elif entry.points is None:
        found.append("no mark")
    if entry.late.due.extended and entry.late.due.at is not None:
        found.append(f"extended until {shown(entry.late.due.at, zone)}")
    if entry.overridden:
        found.append("set by a person")
    elif entry.result is not None:
        found += _lateness(entry.late)
    if entry.internal_error:
        found.append("the grader's own error")
    if entry.result is None:
        return found
    found += [f"edition {entry.edition}"] if entry.edition else []
    if entry.result.unloaded is not None:
        return [*found, "could not be loaded"]
    titles = dict.fromkeys(c.misconception.title for c in entry.result.checks if c.misconception)
    return [*found, *titles]


def _lateness(late: Lateness) -> list[str]:
    if late.unknown:
        return ["late, by how much is not known" if late.marked else "time of handing in not known"]
    free = f", {late.free} of them free" if late.free else ""
    return [f"{late.days} d late{free}"] if late.days else []


def timing(entry: ExerciseMark, zone: str) -> list[str]:
    """For the student: when the work came, when it was due, what that cost."""
    if entry.excused:
        return [f"excused by {entry.late.due.author}: {entry.late.due.reason}"]
    return told(entry.late, entry.cost, zone) if entry.result is not None else []
