"""CSV files that platforms, spreadsheets and people write: encodings, separators, headers; and cells that are safe."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import GraderError

COLUMNS = {  # kind → the headers, in lower case, that platforms and people use for it
    "key": ("key", "student id", "student key", "matriculation number", "matrikelnummer", "roll number", "roll no"),
    "name": ("name", "full name", "student", "student name", "vollständiger name"),
    "first": ("first name", "firstname", "given name", "vorname"),
    "last": ("last name", "lastname", "surname", "family name", "nachname"),
    "email": ("email", "e-mail", "email address", "e-mail address", "e-mail-adresse", "mail"),
    "sis": ("sis user id", "sis id", "sid", "integration id"),
    "login": ("sis login id", "login id", "login", "username", "user name", "anmeldename"),
    "moodle": ("id number", "idnumber", "id-nummer"),
    "canvas": ("canvas user id", "canvas id"),
    "id": ("id",),  # of Canvas in its own files; anywhere else nobody knows what it counts
    "section": ("section", "sections", "group", "groups", "gruppe"),
}
IDS = ("sis", "login", "email", "moodle", "canvas")
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
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
    delimiter = max(",;\t", key=lambda d: len(next(csv.reader([first], delimiter=d), [])))
    try:
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
    """Kind → the number of its column. `ID` is Canvas's own in Canvas's own files alone."""
    titles = [" ".join(re.sub(r"[\ufeff\"*]", "", title).split()).lower() for title in rows[0]]
    found = {}
    for kind, names in COLUMNS.items():
        for name in names:
            if name in titles and kind not in found:
                found[kind] = titles.index(name)
    if "id" in found and _is_canvas(titles, rows):
        found["canvas"] = found.pop("id")
    return found


def _is_canvas(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Canvas's export has a row of its own below the header, or at least a login beside the ID."""
    named = "student" in titles or {"lastname", "firstname"} <= set(titles)
    return named and ("sis login id" in titles or any(POSSIBLE in row[0] for row in rows[1:4]))


def full_name(cell: Mapping[str, str]) -> str:
    """The name that a row's cells give, by their kinds."""
    return cell.get("name") or " ".join(cell[k] for k in ("first", "last") if k in cell)


def folded(text: str) -> str:
    """Letters and digits alone, without accents and case: `Müller, Ana` and `mullerana` are the same."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


# ---------------------------------------------------------------- to write


def guarded(text: str) -> str:
    """A cell of text that no spreadsheet takes for a formula; numbers stay as they are."""
    return f"'{text}" if DANGEROUS.match(text) and not NUMBER.fullmatch(text) else text


def written(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Cells separated by commas, every line ended by CR LF as RFC 4180 wants it."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()
