"""The class list: a CSV from Canvas, Moodle, Gradescope or a spreadsheet, and finding a person in it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..clean import line
from ..gradebook.records import Person
from .sources import IntakeError

COLUMNS = {  # kind → the headers, in lower case, that platforms and people use for it
    "key": ("key", "student id", "student key", "matriculation number", "matrikelnummer", "roll number", "roll no"),
    "name": ("name", "full name", "student", "student name", "vollständiger name"),
    "first": ("first name", "firstname", "given name", "vorname"),
    "last": ("last name", "lastname", "surname", "family name", "nachname"),
    "email": ("email", "e-mail", "email address", "e-mail address", "e-mail-adresse", "mail"),
    "sis": ("sis user id", "sis id", "sid", "integration id"),
    "login": ("sis login id", "login id", "login", "username", "user name", "anmeldename"),
    "moodle": ("id number", "idnumber", "id-nummer"),
    "canvas": ("id", "canvas user id", "canvas id"),
    "section": ("section", "sections", "group", "groups"),
}
IDS = ("sis", "login", "email", "moodle", "canvas")
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")


def read_roster(path: Path) -> list[Person]:
    """The students of a roster. Raises IntakeError where the file cannot be used."""
    rows = csv_rows(path)
    if not rows:
        raise IntakeError(f"{path}: the roster is empty")
    columns = person_columns(rows[0])
    if not columns.keys() & {"key", "name", "last", *IDS}:
        raise IntakeError(f"{path}: no column for a name or an id; the first line has: {', '.join(rows[0])[:300]}")
    people = [p for row in rows[1:] if (p := person_of(row, columns))]
    return _unique(people, path)


def csv_rows(path: Path) -> list[list[str]]:
    """The lines of a CSV file that are not empty. Raises IntakeError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IntakeError(f"{path}: {error.strerror}") from error
    return list(_rows(_decoded(data, path), path))


def _decoded(data: bytes, path: Path) -> str:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise IntakeError(f"{path}: neither UTF-8 nor another encoding that is known here; save it as UTF-8")


def _rows(text: str, path: Path) -> Iterable[list[str]]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from (row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(map(str.strip, row)))
    except csv.Error as error:
        raise IntakeError(f"{path} is no CSV file: {error}") from error


def column(header: Sequence[str], names: Sequence[str]) -> int | None:
    """Where the first of these titles is, if one is there."""
    titles = [" ".join(re.sub(r"[\ufeff\"*]", "", title).split()).lower() for title in header]
    return next((titles.index(name) for name in names if name in titles), None)


def person_columns(header: Sequence[str]) -> dict[str, int]:
    """Kind → the column that says it of a person."""
    places = {kind: column(header, names) for kind, names in COLUMNS.items()}
    return {kind: place for kind, place in places.items() if place is not None}


def person_of(row: Sequence[str], columns: Mapping[str, int]) -> Person | None:
    """The person of one line; none for Canvas's points possible and its test student."""
    cell = {kind: text for kind, i in columns.items() if i < len(row) and (text := line(row[i]))}
    name = cell.get("name") or " ".join(cell[k] for k in ("first", "last") if k in cell)
    if name in ("Points Possible", "Student, Test"):
        return None
    ids = {kind: cell[kind] for kind in IDS if kind in cell}
    key = cell.get("key") or next(iter(ids.values()), name)
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


def folded(text: str) -> str:
    """Letters and digits alone, without accents and case: `Müller, Ana` and `mullerana` are the same."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())
