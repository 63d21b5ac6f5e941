"""The class list: a CSV from Canvas, Moodle, Gradescope, GitHub Classroom or a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..clean import line
from ..gradebook.records import Person
from .layouts import PARTICIPANT
from .names import folded
from .sources import IntakeError

COLUMNS = {  # kind → the headers, in lower case, that platforms and people use for it
    "key": (
        *("key", "student id", "student key", "matriculation number", "matrikelnummer", "roll number", "roll no"),
        "roster identifier",
    ),
    "name": ("name", "full name", "student", "student name", "vollständiger name"),
    "first": ("first name", "firstname", "given name", "vorname"),
    "last": ("last name", "lastname", "surname", "family name", "nachname"),
    "email": ("email", "e-mail", "email address", "e-mail address", "e-mail-adresse", "mail"),
    "sis": ("sis user id", "sis id", "sid", "integration id", "user id"),
    "login": ("sis login id", "login id", "login", "username", "user name", "anmeldename"),
    "moodle": ("id number", "idnumber", "id-nummer"),
    "canvas": ("id", "canvas user id", "canvas id"),
    "github": ("github username",),
    "participant": ("identifier",),
    "section": ("section", "sections", "group", "groups"),
    "group": ("group", "group name", "team", "team name", "gruppe", "student repository name"),
}
IDS = ("sis", "login", "email", "moodle", "canvas", "github")
NUMBERED = re.compile(r"[^\W\d]\D* (\d+)")  # `Participant 101`, in any language
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")


@dataclass(frozen=True)
class Roster:
    """The students, and by a group's folded name who is in it."""

    people: list[Person]
    groups: Mapping[str, list[Person]] = field(default_factory=dict)


def read_roster(path: Path) -> Roster:
    """Raises IntakeError where the file cannot be used."""
    header, *rows = csv_rows(path)
    columns = person_columns(header)
    if not columns.keys() & {"key", "name", "last", *IDS}:
        raise IntakeError(f"{path}: no column for a name or an id; the first line has: {', '.join(header)[:300]}")
    found = [(person, row) for row in rows if (person := person_of(row, columns))]
    people = _unique([person for person, _ in found], path)
    groups: dict[str, list[Person]] = defaultdict(list)
    for person, row in found:
        name = folded(_cell(row, columns.get("group")))
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
    """Name of a hand-in → student's id: a person's answers. Raises IntakeError where the file cannot be used."""
    header, *rows = csv_rows(path)
    titles = [title.strip().lower() for title in header]
    if not {"hand-in", "student"} <= set(titles):
        raise IntakeError(f"{path}: the first line has to be hand-in,student; it is {', '.join(header)[:300]}")
    found: dict[str, str] = {}
    for row in rows:
        name, student = (_cell(row, titles.index(title)) for title in ("hand-in", "student"))
        if not name or not student:
            raise IntakeError(f"{path}: a line has only one of hand-in and student: {', '.join(row)[:300]}")
        if found.setdefault(name, student) != student:
            raise IntakeError(f"{path}: '{name}' is there twice, as {found[name]} and as {student}")
    return found


def csv_rows(path: Path) -> list[list[str]]:
    """The lines that are not empty, at least one. Raises IntakeError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IntakeError(f"{path}: {error.strerror}") from error
    try:
        rows = list(_rows(_decoded(data, path)))
    except csv.Error as error:
        raise IntakeError(f"{path}: no CSV file: {error}") from error
    if not rows:
        raise IntakeError(f"{path}: the file is empty")
    return rows


def _decoded(data: bytes, path: Path) -> str:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise IntakeError(f"{path}: neither UTF-8 nor another encoding that is known here; save it as UTF-8")


def _rows(text: str) -> Iterable[list[str]]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return (row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(map(str.strip, row)))


def column(header: Sequence[str], names: Sequence[str]) -> int | None:
    """Where the first of these titles is, if one is there."""
    titles = [" ".join(re.sub(r"[\ufeff\"*]", "", title).replace("_", " ").split()).lower() for title in header]
    return next((titles.index(name) for name in names if name in titles), None)


def person_columns(header: Sequence[str]) -> dict[str, int]:
    """Kind → column. GitHub's `identifier` is the key that the instructor gave; Moodle's is a participant's number."""
    places = {kind: column(header, names) for kind, names in COLUMNS.items()}
    found = {kind: place for kind, place in places.items() if place is not None}
    if "github" in found and PARTICIPANT in found:
        found.setdefault("key", found.pop(PARTICIPANT))
    return found


def _cell(row: Sequence[str], place: int | None) -> str:
    return line(row[place]) if place is not None and place < len(row) else ""


def person_of(row: Sequence[str], columns: Mapping[str, int]) -> Person | None:
    """The person of one line; none for Canvas's points possible and its test student."""
    cell = {kind: text for kind, i in columns.items() if (text := _cell(row, i))}
    name = cell.get("name") or " ".join(cell[k] for k in ("first", "last") if k in cell)
    if name in ("Points Possible", "Student, Test"):
        return None
    if NUMBERED.fullmatch(cell.get("canvas", "")):  # Moodle's, where its language calls that column `ID`
        cell[PARTICIPANT] = cell.pop("canvas")
    ids = {kind: cell[kind] for kind in IDS if kind in cell}
    key = cell.get("key") or next(iter(ids.values()), name)
    if number := NUMBERED.fullmatch(cell.get(PARTICIPANT, "")):
        ids[PARTICIPANT] = number[1]
    return Person(key, name, cell.get("section", ""), ids) if key else None


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
