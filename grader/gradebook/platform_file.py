"""The file that a platform itself exports: what its columns are, and which of our students each of its rows is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ..clean import line
from .delimited import IDS, Delimited, columns, folded, full_name, read_delimited
from .records import GradebookError, Person
from .sheet import MarkSheet, StudentMarks

Row = Sequence[str]
Named = TypeVar("Named", StudentMarks, Person)
TWINS = {"email": "login", "login": "email"}  # many platforms let people log in with their address


@dataclass(frozen=True)
class PlatformFile:
    """A file with a line for each student. `kinds` gives the number of a column by what is in it."""

    name: str
    table: Delimited
    kinds: Mapping[str, int]

    @property
    def header(self) -> Row:
        """The titles."""
        return self.table.rows[0]

    def person(self, row: Row) -> Person:
        """Who a row says it is about."""
        cell = {kind: text for kind, i in self.kinds.items() if i < len(row) and (text := line(row[i]))}
        return _person(cell)

    def index(self, title: str) -> int:
        """The number of the column with this title. Raises GradebookError."""
        if title not in self.header:
            raise GradebookError(f"{self.name} has no column '{title}'; it has: {', '.join(map(repr, self.header))}")
        return self.header.index(title)


def _person(cell: Mapping[str, str]) -> Person:
    """From cells by their kinds. Moodle writes a word before a participant's number."""
    ids = {kind: cell[kind] for kind in IDS if kind in cell}
    if "participant" in cell:
        ids["participant"] = re.sub(r"\D", "", cell["participant"])
    return Person("", full_name(cell), ids=ids)


def read_platform_file(path: Path) -> PlatformFile:
    """Read what a platform exported. Raises GraderError."""
    table = read_delimited(path)
    width = len(table.rows[0])
    if short := next((n for n, row in enumerate(table.rows, 1) if len(row) != width), None):
        raise GradebookError(f"{path}: row {short} has not {width} cells as the first; export it once more")
    return PlatformFile(path.name, table, columns(table.rows))


def owners(file: PlatformFile, rows: Sequence[Row], sheet: MarkSheet) -> list[StudentMarks | None]:
    """The student of each row: by an id, else by a name that nobody shares. Raises GradebookError if unclear."""
    people = [file.person(row) for row in rows]
    by_id, by_name = _by_id(sheet.rows), _unique_names(sheet.rows)
    named = _unique_names(people)
    found = [_by_ids(person, by_id, file.name) for person in people]
    for person, student in zip(people, found, strict=True):
        _refuse_another_name(person, student, file.name)
    taken = {student.key for student in found if student is not None}
    for n, person in enumerate(people):
        words = _words(person.name)
        student = by_name.get(words) if found[n] is None and named.get(words) is person else None
        if student is not None and student.key not in taken and not _contradict(person, student):
            found[n] = student
    _refuse_twice(found, people, file.name)
    return found


def _by_id(students: Sequence[StudentMarks]) -> dict[tuple[str, str], dict[str, StudentMarks]]:
    """(kind, value) → the students who have it, by key; a key may be any id but Canvas's."""
    known: dict[tuple[str, str], dict[str, StudentMarks]] = defaultdict(dict)
    for student in students:
        for kind, value in student.ids.items():
            known[kind, value.casefold()][student.key] = student
        for kind in (*TWINS, "sis", "moodle"):
            known[kind, student.key.casefold()].setdefault(student.key, student)
    return known


def _by_ids(
    person: Person, known: Mapping[tuple[str, str], Mapping[str, StudentMarks]], where: str
) -> StudentMarks | None:
    found: dict[str, StudentMarks] = {}
    for kind, value in person.ids.items():
        for same in (kind, TWINS.get(kind, kind)):
            found |= known.get((same, value.casefold()), {})
    if len(found) > 1:
        raise GradebookError(f"{where}: the ids of '{person.name}' belong to {' and '.join(sorted(found))} here")
    return next(iter(found.values()), None)


def _unique_names(people: Sequence[Named]) -> dict[tuple[str, ...], Named]:
    groups: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for person in people:
        groups[_words(person.name or person.key)].append(person)
    return {words: group[0] for words, group in groups.items() if words and len(group) == 1}


def _words(name: str) -> tuple[str, ...]:
    """`Ek, Ada` and `Ada Ek` are the same."""
    return tuple(sorted(word for part in name.replace(",", " ").split() if (word := folded(part))))


def _contradict(person: Person, student: StudentMarks) -> bool:
    return any(student.ids.get(kind, value).casefold() != value.casefold() for kind, value in person.ids.items())


def _refuse_another_name(person: Person, student: StudentMarks | None, where: str) -> None:
    """Moodle's numbers are another assignment's where all else that is known of somebody speaks against them."""
    if student is None or "participant" not in person.ids:
        return
    others = {value.casefold() for kind, value in person.ids.items() if kind != "participant"}
    if others & {value.casefold() for value in (student.key, *student.ids.values())}:
        return
    words, ours = set(_words(person.name)), set(_words(student.name))
    if _contradict(person, student) or (words and ours and not words & ours):
        raise GradebookError(
            f"{where}: participant {person.ids['participant']} is '{person.name}' there and {student.shown} here. "
            "Is it the worksheet of this assignment?"
        )


def _refuse_twice(found: Sequence[StudentMarks | None], people: Sequence[Person], where: str) -> None:
    seen: dict[str, str] = {}
    for student, person in zip(found, people, strict=True):
        if student is not None and student.key in seen:
            raise GradebookError(f"{where}: '{seen[student.key]}' and '{person.name}' are both {student.key} here")
        if student is not None:
            seen[student.key] = person.name
