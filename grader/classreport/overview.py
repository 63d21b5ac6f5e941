"""Reads the class's report from the gradebook, without the students' sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ..batch.problems import Kind, Problem
from ..exercise import ExerciseError, load_exercise
from ..gradebook.book import Gradebook
from ..gradebook.comments import standing
from ..gradebook.findings import explanation, findings, from_rows, unloaded
from ..gradebook.marks import Mark
from ..gradebook.queries import identities
from ..gradebook.records import Work
from ..gradebook.runs import noted
from ..gradebook.tables import Assignment, Attempt, GradedCheck, Grading, Incident, Item, Student
from ..gradebook.words import edition_shown
from ..model import CheckResult, Misconception, Overlay, Result, Verdict
from ..model.cause import Cause, Why
from ..report.kinds import CauseKind, kind
from .model import ClassMember, Classroom, ClassStats, Example, ExerciseMark, Found, GraderFailure

CHUNK = 400  # gradings in a query: databases limit the number of values
LEAN = (  # of a check: all but its message and its pictures
    GradedCheck.grading_id, GradedCheck.position, GradedCheck.name, GradedCheck.title, GradedCheck.verdict,
    GradedCheck.score, GradedCheck.max_score, GradedCheck.max_bonus,
    GradedCheck.misconception, GradedCheck.misconception_title, GradedCheck.misconception_hint,
)  # fmt: skip


def read_class(
    book: Gradebook, assignment: str, *, page: Callable[[str], str] = lambda key: ""
) -> Classroom:
    """Everybody's marks and the gradings behind them, without pictures; `page` gives a student's address."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in book.marks(assignment):
        marks[mark.student].append(mark)
    plan, budget, used = book.planned(assignment), book.late_days(), book.days_used()
    with book.reading() as session:
        wanted = [m.grading for own in marks.values() for m in own if m.grading is not None]
        results, kinds = _lean_results(session, wanted)
        comments, emails = standing(session, assignment), _emails(session)
        editions = _editions(session, assignment, set(wanted))
        students = {s.key: s for s in session.scalars(select(Student))}
        people = [
            ClassMember(
                key,
                students[key].name,
                students[key].section,
                [
                    replace(
                        _entry(m, results, editions),
                        kinds=kinds.get(m.grading or 0, ()),
                        comments=comments.get((key, m.exercise), ()),
                    )
                    for m in own
                ],
                page(key),
                None if budget is None else budget - sum(used.get(key, {}).values()),
                emails.get(students[key].id, ""),
            )
            for key, own in marks.items()
        ]
        people.sort(key=lambda p: (p.shown.casefold(), p.key))
        titles, failures = _titles(session, assignment), _failures(session, assignment)
        problems = [Problem(Kind(name), where, text, who) for name, where, text, who in noted(session, assignment)]
    return Classroom(assignment, titles, people, failures, problems, plan.zone if plan else "")


def illustrate(
    book: Gradebook, classroom: Classroom, stats: ClassStats, *, names: bool, without: Collection[str] = ()
) -> ClassStats:
    """The statistics with an example for each misconception; whose it is only if `names` are wanted.

    Nothing of the students `without`, given by their keys, is shown.
    """
    owners = {e.grading: p.shown for p in classroom.people for e in p.entries if names and e.grading is not None}
    hidden = {e.grading for p in classroom.people if p.key in without for e in p.entries}
    exercises = [
        replace(e, found=[f if f.grading in hidden else replace(f, example=_example(book, f, owners)) for f in e.found])
        for e in stats.exercises
    ]
    return replace(stats, exercises=exercises)


def _example(book: Gradebook, found: Found, owners: dict[int, str]) -> Example | None:
    if found.grading is None:
        return None
    checks = full_result(book, found.grading).checks
    shown = [c for c in checks if c.misconception is not None and c.misconception.slug == found.slug]
    return Example(shown[0], owners.get(found.grading, "")) if shown else None


def full_result(book: Gradebook, grading: int) -> Result:
    """One grading with all its pictures."""
    with book.reading() as session:
        row = session.get_one(Grading, grading, options=[selectinload(Grading.checks)])
        return _result(row, row.attempt, [_full_check(check) for check in row.checks])


def source_of(book: Gradebook, grading: int) -> Work:
    """The files that a grading is of."""
    with book.reading() as session:
        source = session.get_one(Grading, grading).attempt.source
        return Work.unpacked(source.archive, source.main, source.problem)


# ---------------------------------------------------------------- rows → records


def _titles(session: Session, assignment: str) -> dict[str, str]:
    items = session.scalars(select(Assignment).where(Assignment.name == assignment)).one().items
    return {item.exercise: _title(item.exercise) for item in items}


def _title(slug: str) -> str:
    """The title; the slug of an exercise that no longer exists."""
    try:
        return load_exercise(slug).title
    except ExerciseError:
        return slug


def _entry(mark: Mark, results: dict[int, Result], editions: dict[int, str]) -> ExerciseMark:
    return ExerciseMark(
        exercise=mark.exercise,
        possible=mark.possible,
        points=mark.points,
        late=mark.late,
        cost=mark.cost,
        attempts=mark.attempts,
        excused=mark.excused,
        overridden=mark.overridden,
        reason=mark.reason,
        author=mark.author,
        internal_error=mark.internal_error,
        grading=mark.grading,
        result=None if mark.grading is None else results[mark.grading],
        edition="" if mark.grading is None else editions.get(mark.grading, ""),
    )


def _editions(session: Session, assignment: str, counting: Collection[int]) -> dict[int, str]:
    """Grading → the edition of the exercise, and of the grader, where several count; of exercises of which several do.

    An edition is shown as the pages show it.
    """
    query = select(Grading.id, Item.exercise, Grading.edition, Grading.environment)
    query = query.join(Attempt, Attempt.id == Grading.attempt_id).join(Item).join(Assignment)
    rows = [row for row in session.execute(query.where(Assignment.name == assignment)) if row.id in counting]
    exercises: dict[str, set[str | None]] = defaultdict(set)
    graders: dict[str, set[str | None]] = defaultdict(set)
    for row in rows:
        exercises[row.exercise].add(row.edition)
        graders[row.exercise].add(row.environment.get("edition"))
    found: dict[int, str] = {}
    for row in rows:
        by = f" by grader {edition_shown(row.environment.get('edition'))}" if len(graders[row.exercise]) > 1 else ""
        if by or len(exercises[row.exercise]) > 1:
            found[row.id] = edition_shown(row.edition) + by
    return found


def _emails(session: Session) -> dict[int, str]:
    """Person → their address."""
    return {person: ids["email"] for person, ids in identities(session).items() if "email" in ids}


def _lean_results(session: Session, gradings: list[int]) -> tuple[dict[int, Result], dict[int, list[CauseKind]]]:
    """Grading → its result, and the kinds of its causes."""
    found: dict[int, Result] = {}
    kinds: dict[int, list[CauseKind]] = {}
    for start in range(0, len(gradings), CHUNK):
        ids = gradings[start : start + CHUNK]
        checks: dict[int, list[CheckResult]] = defaultdict(list)
        query = select(*LEAN).where(GradedCheck.grading_id.in_(ids))
        for row in session.execute(query.order_by(GradedCheck.grading_id, GradedCheck.position)):
            checks[row.grading_id].append(_check(row))
        rows = session.execute(select(Grading, Attempt).join(Attempt).where(Grading.id.in_(ids)))
        for grading, attempt in rows:
            found[grading.id] = _result(grading, attempt, checks[grading.id])
            kinds[grading.id] = _kinds(grading, found[grading.id])
    return found, kinds


def _kinds(grading: Grading, result: Result) -> list[CauseKind]:
    """Of gradings from before kinds were stored, only those of misconceptions are known."""
    if grading.cause_kinds is not None:
        return [CauseKind(key, title) for key, title in grading.cause_kinds]
    return [kind(cause, result) for cause in result.causes if cause.why is Why.NAMED]


def _result(grading: Grading, attempt: Attempt, checks: list[CheckResult]) -> Result:
    return Result(
        exercise=attempt.item.exercise,
        title=grading.title,
        file=attempt.file,
        seed=int(grading.seed),
        isolation=grading.isolation,
        checks=checks,
        unloaded=next(iter(unloaded(grading)), None),
        causes=_named(checks) if grading.causes is None else from_rows(grading.causes),
        notes=grading.notes,
        stdout=grading.stdout,
        seconds=grading.seconds,
    )


def _named(checks: list[CheckResult]) -> tuple[Cause, ...]:
    """The causes of a grading from before they were stored: its misconceptions."""
    groups: dict[str, list[CheckResult]] = defaultdict(list)
    for check in checks:
        if check.misconception is not None:
            groups[check.misconception.slug].append(check)
    lost = ((slug, own, sum(c.max_score - c.score for c in own)) for slug, own in groups.items())
    return tuple(Cause(Why.NAMED, tuple(c.name for c in own), points, slug) for slug, own, points in lost)


def _check(row: Any) -> CheckResult:
    named = row.misconception is not None
    verdict, bonus = Verdict(row.verdict), float(row.max_bonus or 0)
    return CheckResult(
        name=row.name,
        title=row.title,
        verdict=verdict,
        score=float(row.score),
        max_score=float(row.max_score),
        bonus=bonus if verdict is Verdict.ACCEPTED else 0.0,
        max_bonus=bonus,
        misconception=Misconception(row.misconception, row.misconception_title or "", row.misconception_hint or "")
        if named
        else None,
    )


def _full_check(check: GradedCheck) -> CheckResult:
    return replace(
        _check(check),
        findings=findings(check),
        explanation=explanation(check),
        seconds=check.seconds,
        overlay=Overlay(**check.overlay) if check.overlay else None,
    )


def _failures(session: Session, assignment: str) -> list[GraderFailure]:
    """Newest first."""
    rows = session.scalars(select(Incident).where(Incident.assignment == assignment).order_by(Incident.id.desc()))
    return [GraderFailure(i.student, i.exercise, i.message, f"{i.at:%Y-%m-%d %H:%M} UTC") for i in rows]
