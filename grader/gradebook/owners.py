"""Which of our students each row of a platform's file is about: by an id, or a key that is one, else by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .delimited import PARTICIPANT
from .names import folded, words_of
from .platform_file import PlatformFile, Row
from .records import GradebookError, Person
from .sheet import MarkSheet, StudentMarks

TWINS = {"email": "login", "login": "email"}  # many platforms let people log in with their address
NUMBERS = ("canvas", PARTICIPANT)  # that a platform gives: no key is one
Owner = StudentMarks | None
Named = TypeVar("Named", StudentMarks, Person)


@dataclass(frozen=True)
class Owners:
    """The student of each row, or None; and the keys of those for whom nothing but their name speaks."""

    students: Sequence[Owner]
    by_name: Collection[str]


def owners(file: PlatformFile, rows: Sequence[Row], sheet: MarkSheet) -> Owners:
    """Find them. Raises GradebookError where two students, or two rows, claim to be one."""
    people = [file.person(row) for row in rows]
    found = _found_by_ids(people, sheet.rows, file.name)
    certain = {student.key for student in found if student is not None}
    named = map(_by_name(people, sheet.rows), people)
    found = [first or (None if s is None or s.key in certain else s) for first, s in zip(found, named, strict=True)]
    _refuse_twice(found, people, file.name)
    return Owners(found, {s.key for s in found if s is not None} - certain)


# ---------------------------------------------------------------- by ids


def _found_by_ids(people: Sequence[Person], students: Sequence[StudentMarks], where: str) -> list[Owner]:
    known: dict[tuple[str, str], list[StudentMarks]] = defaultdict(list)
    for student in students:
        for kind, value in student.ids.items():
            known[kind, value.casefold()].append(student)
        known["key", student.key.casefold()].append(student)
    found: list[Owner] = []
    for person in people:
        kinds = [(same, v.casefold()) for k, v in person.ids.items() for same in (k, TWINS.get(k, k))]
        own = {s.key: s for claim in kinds for s in known.get(claim, ())}
        keys = [("key", v.casefold()) for k, v in person.ids.items() if k not in NUMBERS]
        own |= {s.key: s for claim in keys for s in known.get(claim, ()) if not _strangers(person, s)}
        if len(own) > 1:
            raise GradebookError(f"{where}: the ids of '{person.name}' belong to {' and '.join(sorted(own))} here")
        found.append(next(iter(own.values()), None))
        _refuse_another_assignment(person, found[-1], where)
    return found


def _refuse_another_assignment(person: Person, student: Owner, where: str) -> None:
    """Moodle numbers people anew for each assignment: the number alone is believed where nothing speaks against it."""
    if student is None or PARTICIPANT not in person.ids or _agree(person, student):
        return
    if _strangers(person, student) if person.name and student.name else _contradict(person, student):
        raise GradebookError(
            f"{where}: participant {person.ids[PARTICIPANT]} is '{person.name}' there and {student.shown} here. "
            "Is it the worksheet of this assignment?"
        )


def _agree(person: Person, student: StudentMarks) -> bool:
    """Whether an id that is not a platform's number is the same."""
    theirs = {value.casefold() for kind, value in person.ids.items() if kind not in NUMBERS}
    return bool(theirs & {value.casefold() for value in (student.key, *student.ids.values())})


def _contradict(person: Person, student: StudentMarks) -> bool:
    return any(student.ids.get(kind, value).casefold() != value.casefold() for kind, value in person.ids.items())


# ---------------------------------------------------------------- by names


def _by_name(people: Sequence[Person], students: Sequence[StudentMarks]) -> Callable[[Person], Owner]:
    """Finds the student of the same name, which nobody shares, and of whom no id says otherwise."""
    theirs, ours = _unique_names(people), _unique_names(students)

    def find(person: Person) -> Owner:
        words = _words(person.name)
        student = ours.get(words) if theirs.get(words) is person else None
        return None if student is None or _contradict(person, student) else student

    return find


def _unique_names(people: Sequence[Named]) -> dict[tuple[str, ...], Named]:
    groups: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for person in people:
        groups[_words(person.name or person.key)].append(person)
    return {words: group[0] for words, group in groups.items() if words and len(group) == 1}


def _words(name: str) -> tuple[str, ...]:
    """`Ek, Ada` and `Ada Ek` are the same."""
    return tuple(sorted(map(folded, words_of(name))))


def _strangers(person: Person, student: StudentMarks) -> bool:
    """Whether both have names, and not a word of them is the same."""
    theirs, ours = _words(person.name), _words(student.name)
    return bool(theirs and ours) and not set(theirs) & set(ours)


def _refuse_twice(found: Sequence[Owner], people: Sequence[Person], where: str) -> None:
    seen: dict[str, str] = {}
    for student, person in zip(found, people, strict=True):
        if student is not None and student.key in seen:
            raise GradebookError(f"{where}: '{seen[student.key]}' and '{person.name}' are both {student.key} here")
        if student is not None:
            seen[student.key] = person.name
