"""A batch in the gradebook: its assignment, and the keys of its students."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from ..exercise import load_exercise
from ..gradebook.book import Gradebook
from ..gradebook.delimited import PARTICIPANT
from ..gradebook.records import EntryError, GradebookError, Person
from .intake import Intake
from .joining import Ask, Join, answers, hand_over, joins
from .problems import Kind, Problem, reason
from .roster import ClassNames
from .who import course_of


class Items:
    """Adds the assignment and its exercises to the gradebook when first needed; what is there keeps its settings."""

    def __init__(self, book: Gradebook, assignment: str):
        self.book, self.assignment = book, assignment
        before = book.planned(assignment)
        self._before = set(before.points) if before else set()
        self._there: set[str] = set()

    def ensure(self, slug: str) -> None:
        """Add the exercise to the assignment, with its own points, unless it is there."""
        if slug not in self._there:
            points = Decimal(str(load_exercise(slug).points))
            self.book.add_exercise(self.assignment, slug, points, author="grade batch")
            self._there.add(slug)

    def problems(self) -> list[Problem]:
        """The exercises that an assignment has only since this batch, as somebody handed them in."""
        added = sorted(self._there - self._before) if self._before else []
        text = f"part of '{self.assignment}' now, as it was handed in; `grade assignment '{self.assignment}' --exercise"
        return [Problem(Kind.ADDED, slug, f"{text} {slug}=remove` takes it out") for slug in added]


def identify(book: Gradebook, intake: Intake, names: ClassNames, ask: Ask, author: str) -> None:
    """Find out whose the hand-ins are, and enter them, everybody on the roster, and who was entered twice.

    Raises IntakeError for answers that cannot be, and GradebookError.
    """
    known = book.students()
    course = course_of(names.roster, known, book.parted())
    found = hand_over(intake, course, answers(names, course), ask, author)
    intake.problems += enrol(book, [m.person for m in course.members if m.listed])
    intake.problems += join(book, joins(found, [k.key for k in known]))
    intake.problems += enrol(book, intake.people, handed_in=True)


def enrol(book: Gradebook, people: Iterable[Person], *, handed_in: bool = False) -> list[Problem]:
    """Add the students, or bring them up to date; what was `handed_in` only adds to what is known.

    One whose ids the gradebook refuses is added without them, with a problem to show. Raises GradebookError.
    """
    people = [replace(p, ids={k: v for k, v in p.ids.items() if k != PARTICIPANT}) for p in people]
    try:
        book.enrol(people, handed_in=handed_in)
        return []
    except Exception:  # one student's error, or the gradebook's, which then comes again
        return [problem for person in people for problem in _enrol_one(book, person, handed_in)]


def _enrol_one(book: Gradebook, person: Person, handed_in: bool) -> list[Problem]:
    try:
        book.enrol([person], handed_in=handed_in)
        return []
    except EntryError as error:
        book.enrol([replace(person, ids={})], handed_in=handed_in)
        return [Problem(Kind.AMBIGUOUS, person.key, str(error), person.key)]
    except GradebookError:
        raise
    except Exception as error:
        return [Problem(Kind.OURS, person.key, reason(error), person.key)]


def join(book: Gradebook, decided: Iterable[Join]) -> list[Problem]:
    """Write down who is who; what to say of it. Raises GradebookError if the database fails."""
    known = {key for one in book.students() for key in (one.key, *one.also)}
    return [_join(book, one, new=one.other not in known) for one in decided]


def _join(book: Gradebook, one: Join, *, new: bool) -> Problem:
    try:
        if new:
            book.enrol([Person(one.other)])
        lines = book.merge(one.member.key, one.other, author=one.author)
    except GradebookError as error:
        if error.ours:
            raise
        return Problem(Kind.AMBIGUOUS, one.other, str(error), one.other)
    if new:
        return Problem(Kind.JOINED, one.other, f"{one.member.shown}, says {one.author}; remembered", one.member.key)
    return Problem(Kind.MERGED, f"{one.other} is {one.member.shown} now", ". ".join(lines), one.member.key)
