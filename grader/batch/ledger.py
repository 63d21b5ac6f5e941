"""A batch in the gradebook: its assignment, its run and seed, and the keys of its students."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from ..exercise import load_exercise
from ..gradebook.book import Gradebook
from ..gradebook.entries import SPOILED
from ..gradebook.records import EntryError, GradebookError, Person
from ..gradebook.tables import Assignment, Attempt, Grading, Identifier, Item, Student
from .problems import Kind, Problem, reason

RUN = "batch "


def run_and_seed(book: Gradebook, assignment: str, seed: int | None, fresh: bool) -> tuple[str, int]:
    """The run to continue, and its inputs' seed: the assignment's last batch; a new one with `fresh` or a `seed`."""
    if seed is None and not fresh:
        query = (
            select(Grading.run, Grading.seed)
            .join(Attempt, Attempt.id == Grading.attempt_id)
            .join(Item, Item.id == Attempt.item_id)
            .join(Assignment, Assignment.id == Item.assignment_id)
            .where(Assignment.name == assignment, Grading.run.startswith(RUN), ~Grading.run.contains(SPOILED))
            .order_by(Grading.id.desc())
        )
        with book.reading() as session:
            if last := session.execute(query.limit(1)).first():
                return last.run, int(last.seed)
    seed = int.from_bytes(os.urandom(4), "little") if seed is None else seed
    return f"{RUN}{seed}", seed


class Items:
    """Adds the assignment and its exercises to the gradebook when first needed; what is there keeps its settings."""

    def __init__(self, book: Gradebook, assignment: str):
        self.book, self.assignment = book, assignment
        self._there: set[str] = set()
        self._begun = book.planned(assignment) is not None
        self._added: list[str] = []

    def ensure(self, slug: str) -> None:
        """Add the exercise to the assignment, with its own points, unless it is there."""
        if slug not in self._there:
            points = Decimal(str(load_exercise(slug).points))
            if self.book.add_exercise(self.assignment, slug, points, author="grade batch"):
                self._added.append(slug)
            self._there.add(slug)

    @property
    def added(self) -> list[str]:
        """The exercises that it has only since this batch; one that begins it is no surprise, and left out."""
        return self._added if self._begun or len(self._added) > 1 else []


def known_as(book: Gradebook, people: Iterable[Person]) -> dict[str, Person]:
    """Key → the person under the key that the gradebook has for one of their ids."""
    query = select(Identifier.kind, Identifier.value, Student.key).join(Student)
    with book.reading() as session:
        taken = {(kind, value): key for kind, value, key in session.execute(query)}
    keys = {p.key: next((taken[i] for i in p.ids.items() if i in taken), p.key) for p in people}
    return {p.key: replace(p, key=keys[p.key]) for p in people}


def enrol(book: Gradebook, people: Iterable[Person]) -> list[Problem]:
    """Add the students. One whose ids the gradebook refuses is added without them, with a problem to show.

    Raises GradebookError.
    """
    people = list(people)
    try:
        book.enrol(people)
        return []
    except Exception:  # one student's error, or the gradebook's, which then comes again
        return [problem for person in people for problem in _enrol_one(book, person)]


def _enrol_one(book: Gradebook, person: Person) -> list[Problem]:
    try:
        book.enrol([person])
        return []
    except EntryError as error:
        book.enrol([replace(person, ids={})])
        return [Problem(Kind.AMBIGUOUS, person.key, str(error), person.key)]
    except GradebookError:
        raise
    except Exception as error:
        return [Problem(Kind.OURS, person.key, reason(error), person.key)]
