"""What needs a person, heaviest first: the top of the class's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..batch.problems import NOTES, Kind
from ..gradebook.words import counted
from ..model import Verdict
from ..report.message import unloaded
from .model import ClassMember, Classroom, ExerciseMark
from .stats import NEITHER

IDENTITIES = (Kind.AMBIGUOUS, Kind.NOT_IN_ROSTER)
UNREADABLE = (Kind.UNREADABLE, Kind.TOO_LARGE, Kind.NO_EXERCISE, Kind.NOTHING, Kind.NESTED, Kind.LINK)
WHY = {
    Verdict.INTERNAL_ERROR: "the grader's own error",
    Verdict.INCONCLUSIVE: "the measurement does not decide",
    Verdict.NOT_RUN: "not run",
}


@dataclass(frozen=True)
class WorkItem:
    """One thing to look at: whose, if it is one student's, and what."""

    text: str
    person: ClassMember | None = None


@dataclass(frozen=True)
class WorkGroup:
    """Things of one kind, and what to do about them."""

    title: str
    advice: str
    items: Sequence[WorkItem] = field(default_factory=list)


def worklist(classroom: Classroom) -> list[WorkGroup]:
    """Only groups in which there is something."""
    people = {p.key: p for p in classroom.people}
    groups = [
        WorkGroup(
            "The grader's own failures",
            "Nobody lost points by these. `grade batch` or `grade regrade` tries again once the cause is gone.",
            [*_failures(classroom, people), *_of_ours(classroom)],
        ),
        WorkGroup(
            "Whose is it?",
            "`grade students merge`, or `grade batch --who FILE`, says so.",
            list(_noted(classroom, IDENTITIES, people)),
        ),
        WorkGroup(
            "Cannot be read or loaded",
            "Points stay as they are until something else is handed in, or `grade override` decides.",
            [*_noted(classroom, UNREADABLE, people), *_unloaded(classroom)],
        ),
        WorkGroup(
            "Time of handing in not known",
            "Nothing is taken off, and no days are counted. `grade batch --times FILE` says when it was.",
            list(_untimed(classroom)),
        ),
        WorkGroup(
            "Checks that left somebody's total",
            "They count neither for nor against. `grade regrade` tries them again.",
            list(_left_out(classroom)),
        ),
        WorkGroup("Else", "Found while the newest batch read what was handed in.", list(_others(classroom, people))),
    ]
    return [group for group in groups if group.items]


def absent(classroom: Classroom) -> list[ClassMember]:
    """Who has handed in nothing that could be graded, and is not excused."""
    return [person for person in classroom.people if not person.told]


def _noted(classroom: Classroom, kinds: Sequence[Kind], people: dict[str, ClassMember]) -> Iterator[WorkItem]:
    """A line each; whose file could not be read is said once, here or by what its loading said."""
    broken = {p.key for p in classroom.people if any(e.result and e.result.unloaded for e in p.entries)}
    for problem in classroom.problems:
        if problem.kind in kinds and not (problem.kind is Kind.UNREADABLE and problem.student in broken):
            yield WorkItem(problem.line, people.get(problem.student))


def _others(classroom: Classroom, people: dict[str, ClassMember]) -> Iterator[WorkItem]:
    shown = {*IDENTITIES, *UNREADABLE, *NOTES, Kind.OURS, Kind.MISSING}
    return _noted(classroom, [kind for kind in Kind if kind not in shown], people)


def _failures(classroom: Classroom, people: dict[str, ClassMember]) -> Iterator[WorkItem]:
    for failure in classroom.failures:
        yield WorkItem(f"{failure.exercise}, {failure.when}: {failure.text}", people.get(failure.who))


def _of_ours(classroom: Classroom) -> Iterator[WorkItem]:
    for person, entry in _entries(classroom):
        if entry.internal_error:
            yield WorkItem(f"{classroom.titles[entry.exercise]}: the grader's own error spoiled the grading", person)


def _unloaded(classroom: Classroom) -> Iterator[WorkItem]:
    for person, entry in _entries(classroom):
        if entry.result is not None and (problem := unloaded(entry.result)):
            text = f"the file could not be loaded: {problem.strip().splitlines()[-1]}"
            yield WorkItem(f"{classroom.titles[entry.exercise]}: {text}", person)


def _untimed(classroom: Classroom) -> Iterator[WorkItem]:
    for person, entry in _entries(classroom):
        if entry.result is not None and entry.late.unknown and not entry.excused and not entry.overridden:
            marked = "late, says the platform, and not by how much" if entry.late.marked else "nobody says when it came"
            yield WorkItem(f"{classroom.titles[entry.exercise]}: {marked}", person)


def _left_out(classroom: Classroom) -> Iterator[WorkItem]:
    """A line for each check, with how many students."""
    found: dict[tuple[str, str, Verdict], int] = defaultdict(int)
    for _, entry in _entries(classroom):
        for check in entry.result.checks if entry.result and not entry.result.unloaded else ():
            if check.verdict in NEITHER and not check.max_bonus:
                found[entry.exercise, check.title, check.verdict] += 1
    for (exercise, title, verdict), count in found.items():
        text = f"{classroom.titles[exercise]}: {title.rstrip('.')}: {WHY[verdict]} for {counted(count, 'student')}"
        yield WorkItem(text)


def _entries(classroom: Classroom) -> Iterator[tuple[ClassMember, ExerciseMark]]:
    return ((person, entry) for person in classroom.people for entry in person.entries)


