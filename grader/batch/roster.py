"""The class list: a CSV from Canvas, Moodle, Gradescope, GitHub Classroom or a spreadsheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..gradebook.delimited import IDS, POSSIBLE, TEST_STUDENT, cells_of, columns, full_name, ids_of, read_delimited
from ..gradebook.names import folded
from ..gradebook.records import Person
from .sources import IntakeError


@dataclass(frozen=True)
class Roster:
    """The students, and by a group's folded name who is in it."""

    people: list[Person]
    groups: Mapping[str, list[Person]] = field(default_factory=dict)


def read_roster(path: Path) -> Roster:
    """Raises GraderError where the file cannot be used."""
    table = read_delimited(path).rows
    kinds = columns(table)
    if not kinds.keys() & {"key", "name", "last", "id", *IDS}:
        raise IntakeError(f"{path}: no column for a name or an id; the first line has: {', '.join(table[0])[:300]}")
    found = [(person, row) for row in table[1:] if (person := person_of(row, kinds))]
    people = _unique([person for person, _ in found], path)
    groups: dict[str, list[Person]] = defaultdict(list)
    for person, row in found:
        name = folded(cells_of(row, kinds).get("group", ""))
        if name and person not in groups[name]:
            groups[name].append(person)
    return Roster(people, groups)


@dataclass(frozen=True)
class ClassNames:
    """What a person gives along with a download: the class list, and in a `file` whose some of the hand-ins are."""

    roster: Roster | None = None
    who: Mapping[str, str] = field(default_factory=dict)
    file: str = ""


def read_who(path: Path) -> dict[str, str]:
    """Name of a hand-in → student's id: a person's answers. Raises GraderError where the file cannot be used."""
    header, *rows = read_delimited(path).rows
    titles = [title.strip().lower() for title in header]
    if not {"hand-in", "student"} <= set(titles):
        raise IntakeError(f"{path}: the first line has to be hand-in,student; it is {', '.join(header)[:300]}")
    places = {title: titles.index(title) for title in ("hand-in", "student")}
    found: dict[str, str] = {}
    for row in rows:
        cell = cells_of(row, places)
        name, student = (cell.get(title, "") for title in places)
        if not name or not student:
            raise IntakeError(f"{path}: a line has only one of hand-in and student: {', '.join(row)[:300]}")
        if found.setdefault(name, student) != student:
            raise IntakeError(f"{path}: '{name}' is there twice, as {found[name]} and as {student}")
    return found


def person_of(row: Sequence[str], columns: Mapping[str, int]) -> Person | None:
    """The person of one line; none for Canvas's points possible and its test student."""
    cell = cells_of(row, columns)
    name = full_name(cell)
    if name in (POSSIBLE, TEST_STUDENT):
        return None
    key = cell.get("key") or next((cell[kind] for kind in IDS if kind in cell), cell.get("id", name))
    return Person(key, name, cell.get("section", ""), ids_of(cell)) if key else None


def _unique(people: list[Person], path: Path) -> list[Person]:
    """Each once. Raises IntakeError for two who cannot be told apart."""
    found: dict[str, Person] = {}
    for person in people:
        before = found.setdefault(person.key, person)
        if before != person:
            raise IntakeError(f"{path}: '{person.key}' is there twice, with different data")
        if before is not person and not person.ids and person.key == person.name:
            raise IntakeError(f"{path}: '{person.key}' is there twice; a column with ids would tell the two apart")
    return list(found.values())
