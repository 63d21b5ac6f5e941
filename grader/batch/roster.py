"""The class list: a CSV from Canvas, Moodle, Gradescope or a spreadsheet, and finding a person in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..clean import line
from ..gradebook.delimited import (
    IDS,
    POSSIBLE,
    TEST_STUDENT,
    columns,
    folded,
    full_name,
    read_delimited,
)
from ..gradebook.records import Person
from .sources import IntakeError


def read_roster(path: Path) -> list[Person]:
    """The students of a roster. Raises GraderError where the file cannot be used."""
    rows = read_delimited(path).rows
    found = columns(rows)
    if not found.keys() & {"key", "name", "last", "id", *IDS}:
        raise IntakeError(f"{path}: no column for a name or an id; the first line has: {', '.join(rows[0])[:300]}")
    people = [p for row in rows[1:] if (p := _person(row, found))]
    return _unique(people, path)


def _person(row: Sequence[str], columns: Mapping[str, int]) -> Person | None:
    """The person of one line; none for Canvas's points possible and its test student."""
    cell = {kind: text for kind, i in columns.items() if i < len(row) and (text := line(row[i]))}
    name = full_name(cell)
    if name in (POSSIBLE, TEST_STUDENT):
        return None
    ids = {kind: cell[kind] for kind in IDS if kind in cell}
    key = cell.get("key") or next(iter(ids.values()), cell.get("id", name))
    return Person(key, name, cell.get("section", ""), ids) if key else None


def _unique(people: list[Person], path: Path) -> list[Person]:
    found: dict[str, Person] = {}
    for person in people:
        if found.setdefault(person.key, person) != person:
            raise IntakeError(f"{path}: '{person.key}' is there twice, with different data")
    return list(found.values())


# ---------------------------------------------------------------- matching


class Roster:
    """Finds a person of the class by what a platform says of a hand-in."""

    def __init__(self, people: Iterable[Person]):
        self.people = list(people)
        self._by: dict[str, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
        for person in self.people:
            for kind, value in person.ids.items():
                self._by[kind][value.lower()].append(person)
            for form in _forms(person):
                self._by["form"][form].append(person)

    def find(self, who: Person) -> list[Person]:
        """The people of the class that it may be: by an id, else by name, else by the beginning of the name."""
        for kind, value in who.ids.items():
            if found := self._by[kind].get(value.lower()):
                return found
        wanted = {folded(who.key), folded(who.name)} - {""}
        found = _together(self._by["form"].get(form, []) for form in wanted)
        return found or self._beginning(who.key)

    def _beginning(self, text: str) -> list[Person]:
        """`jane.doe final version` → the people with the longest identifier that it starts with."""
        for end in (m.start() for m in reversed(list(re.finditer(r"[\W_]", text)))):
            if found := _together([self._by["form"].get(folded(text[:end]), [])]):
                return found
        return []


def _together(lists: Iterable[list[Person]]) -> list[Person]:
    found = {person.key: person for people in lists for person in people}
    return list(found.values())


def _forms(person: Person) -> set[str]:
    """Names that this person's files may have: any id, or the name with its words rotated."""
    words = person.name.replace(",", " ").split()
    turned = [words[i:] + words[:i] for i in range(len(words))]
    names = {"".join(t) for t in turned}
    email = person.ids.get("email", "").partition("@")[0]
    ids = {value for kind, value in person.ids.items() if kind != "canvas"}
    return {folded(text) for text in {person.key, email, *ids, *names}} - {""}
