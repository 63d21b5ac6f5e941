"""CSV files that platforms, spreadsheets and people write: encodings, separators, headers; and cells that are safe."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..clean import line
from ..errors import GraderError

PARTICIPANT = "participant"  # Moodle's number for one student in one assignment
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
    "canvas": ("canvas user id", "canvas id"),
    "github": ("github username",),
    PARTICIPANT: ("identifier",),
    "id": ("id",),  # Canvas's own in Canvas's files, a participant's in Moodle's German ones; else nobody knows whose
    "section": ("section", "sections", "group", "groups"),
    "group": ("group", "group name", "team", "team name", "gruppe", "student repository name"),
}
IDS = ("sis", "login", "email", "moodle", "canvas", "github")
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
NUMBERED = re.compile(r"\D*[^\W\d]\s*(\d+)")  # "Participant 101", "Teilnehmer/in101"
MARK = "\ufeff"  # a byte order mark: with it, spreadsheets read UTF-8
POSSIBLE = "Points Possible"  # in the first cell of a row of Canvas's files
TEST_STUDENT = "Student, Test"  # Canvas's own
DANGEROUS = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # a spreadsheet takes a cell that begins like this for a formula
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


@dataclass(frozen=True)
class Delimited:
    """A file's cells, without empty lines."""

    rows: Sequence[Sequence[str]]
    delimiter: str = ","


def read_delimited(path: Path) -> Delimited:
    """Read a CSV file, whatever separates its cells. Raises GraderError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GraderError(f"{path}: {error.strerror}") from error
    if data[:2] == b"PK":
        raise GraderError(f"{path} is a workbook or an archive: save it as CSV")
    text = _decoded(data, path)
    first = text.lstrip().partition("\n")[0]
    try:
        delimiter = max(",;\t", key=lambda d: len(next(csv.reader([first], delimiter=d), [])))
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(map(str.strip, row))]
    except csv.Error as error:
        raise GraderError(f"{path} is no CSV file: {error}") from error
    if not rows:
        raise GraderError(f"{path} is empty")
    return Delimited(rows, delimiter)


def _decoded(data: bytes, path: Path) -> str:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise GraderError(f"{path}: neither UTF-8 nor another encoding that is known here; save it as UTF-8")


def columns(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Kind → the number of its column, by the header, and by what is below it where that says too little.

    GitHub's `identifier` is the key that the instructor gave; Moodle's is a participant's number.
    """
    places = {kind: column(rows[0], names) for kind, names in COLUMNS.items()}
    found = {kind: place for kind, place in places.items() if place is not None}
    if "github" in found and PARTICIPANT in found:
        found.setdefault("key", found.pop(PARTICIPANT))
    if "id" in found and _is_canvas(rows):
        found["canvas"] = found.pop("id")
    elif "id" in found and _is_numbered(rows, found["id"]):
        found[PARTICIPANT] = found.pop("id")
    return found


def _is_numbered(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = [row[column].strip() for row in rows[1:] if column < len(row)]
    return bool(cells) and all(map(NUMBERED.fullmatch, cells))


def cells_of(row: Sequence[str], kinds: Mapping[str, int]) -> dict[str, str]:
    """What a row has, by the kinds of its columns; without empty cells."""
    return {kind: text for kind, i in kinds.items() if i < len(row) and (text := line(row[i]))}


def ids_of(cell: Mapping[str, str]) -> dict[str, str]:
    """The ids among the cells of a row, the participant's number last."""
    found = {kind: cell[kind] for kind in IDS if kind in cell}
    number = participant(cell)
    return {**found, PARTICIPANT: number} if number else found


def participant(cell: Mapping[str, str]) -> str:
    """The number at the end of the cell of this kind; nothing where there is none."""
    number = re.search(r"\d+$", cell.get(PARTICIPANT, ""))
    return number[0] if number else ""


def column(header: Sequence[str], names: Sequence[str]) -> int | None:
    """Where the first of these titles is, if one is there."""
    titles = _plain(header)
    return next((titles.index(name) for name in names if name in titles), None)


def _plain(header: Sequence[str]) -> list[str]:
    return [" ".join(re.sub(r"[\ufeff\"*]", "", title).replace("_", " ").split()).lower() for title in header]


def _is_canvas(rows: Sequence[Sequence[str]]) -> bool:
    """Canvas's export has a row of its own below the header, or at least one of its other ids beside the ID."""
    titles = _plain(rows[0])
    named = "student" in titles or {"lastname", "firstname"} <= set(titles)
    return named and (
        bool({"sis login id", "sis user id"} & set(titles)) or any(POSSIBLE in row[0] for row in rows[1:4])
    )


def full_name(cell: Mapping[str, str]) -> str:
    """The name that a row's cells give, by their kinds."""
    return cell.get("name") or " ".join(cell[k] for k in ("first", "last") if k in cell)


# ---------------------------------------------------------------- to write


def guarded(text: str) -> str:
    """A cell of text that no spreadsheet takes for a formula; numbers stay as they are."""
    return f"'{text}" if DANGEROUS.match(text) and not NUMBER.fullmatch(text) else text


def written(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Cells separated by commas, every line ended by CR LF as RFC 4180 wants it."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()
