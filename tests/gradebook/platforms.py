"""Canvas and Moodle as far as their gradebooks' files go: what they export, and what they make of a file they import.

Written after their sources: lib/gradebook_exporter.rb, lib/gradebook_importer.rb; grade/export/txt,
grade/import/csv/classes/load_data.php, mod/assign/feedback/offline.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from grader.gradebook.marks import Mark
from grader.gradebook.sheet import MarkSheet, StudentMarks

Marks = Mapping[str, str]  # assignment's id or title → what the platform shows
CALCULATED = ("Current Points", "Final Points", "Current Score", "Unposted Current Score", "Final Score")


@dataclass(frozen=True)
class Enrolled:
    """A student on a platform, with the marks and the feedback that are there."""

    number: int
    name: str
    login: str = ""
    sis: str = ""
    marks: Marks = field(default_factory=dict)
    feedback: Marks = field(default_factory=dict)


def as_csv(rows: Iterable[Sequence[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """A file with a line for each row."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def marks_of(
    key: str, points: Mapping[str, str | None], possible: Mapping[str, str], *, name: str = "", **more
) -> StudentMarks:
    """A student as the gradebook gives them: points by exercise, None for no mark."""
    marks = {
        e: Mark(
            key, e, Decimal(possible[e]), points=None if p is None else Decimal(p), grading=None if p is None else 1
        )
        for e, p in points.items()
    }
    return StudentMarks(key, name, "", more.pop("ids", {}), marks, **more)


def sheet_of(possible: Mapping[str, str], *rows: StudentMarks) -> MarkSheet:
    """An assignment's marks."""
    return MarkSheet("week 1", {e: Decimal(p) for e, p in possible.items()}, rows)


# ---------------------------------------------------------------- Canvas


def canvas_export(
    people: Sequence[Enrolled], worth: Mapping[str, str], *, delimiter: str = ",", with_sis: bool = True, bom: str = ""
) -> str:
    """What Canvas's gradebook exports, with hidden assignments, possible points, read-only totals, a test student."""
    who = ["Student", "ID", *(["SIS User ID"] if with_sis else []), "SIS Login ID", "Section"]
    gap = [""] * (len(who) - 1)
    rows = [
        [*who, *worth, *CALCULATED],
        ["", *gap, "Manual Posting", *[""] * (len(worth) - 1 + len(CALCULATED))],
        ["    Points Possible", *gap, *worth.values(), *["(read only)"] * len(CALCULATED)],
    ]
    for p in (*people, Enrolled(999, "Student, Test", "a1b2c3")):
        sis = [p.sis] if with_sis else []
        shown = [p.marks.get(title, "") for title in worth]
        rows.append([p.name, str(p.number), *sis, p.login, "A", *shown, *["50"] * len(CALCULATED)])
    return bom + as_csv(rows, delimiter)


def canvas_import(text: str) -> dict[str, dict[str, str]]:
    """What Canvas's importer takes from a file: its steps, in its order."""
    text = text.removeprefix("\ufeff")
    lines = [line for line in text.splitlines() if not re.fullmatch(r"[;, ]+", line)]
    delimiter = ";" if lines[0].count(";") > lines[0].count(",") else ","
    rows = [[_period(cell) for cell in row] for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)]
    header = rows[0]
    assert "Student" in header[0]
    assert "ID" in header[1]
    width = next(n for n, title in enumerate(header) if "Section" in title) + 1
    sis = next((n for n, t in enumerate(header[:width]) if re.search(r"SIS\s+User\s+ID", t)), None)
    login = next((n for n, t in enumerate(header[:width]) if re.search(r"SIS\s+Login\s+ID", t)), None)
    not_assignments = r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)"
    titles = [t for t in header[width:] if not re.search(not_assignments, t)]
    ids = {t: re.fullmatch(r"(.*)\s\((\d+)\)", t).group(2) for t in titles}
    imported: dict[str, dict[str, str]] = {}
    for row in rows[1:]:
        points = {ids[t]: row[header.index(t)].strip() for t in titles}
        if "Points Possible" in row[0]:
            imported["possible"] = points
        elif not all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell, re.IGNORECASE) for cell in row):
            by_sis, by_login = (row[n] if n is not None else "" for n in (sis, login))
            who = row[1] or (f"sis {by_sis}" if by_sis else f"login {by_login}" if by_login else f"name {row[0]}")
            assert who not in imported
            imported[who] = points
    return imported


def _period(cell: str) -> str:
    """Canvas turns the last comma or period of a number into its decimal point, and drops the others."""
    if not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    *before, last = re.split("[,.]", cell)
    return ".".join(["".join(before), last]) if before else last


def canvas_after(people: Sequence[Enrolled], text: str) -> dict[str, dict[str, str]]:
    """Canvas id → assignment's id → the mark, after an import: an empty cell erases, nobody else is touched."""
    ids = {t: re.fullmatch(r"(.*)\s\((\d+)\)", t).group(2) for p in people for t in p.marks}
    there = {str(p.number): {ids[t]: _period(mark) for t, mark in p.marks.items()} for p in people}
    for who, points in canvas_import(text).items():
        if who != "possible":
            there[who] |= points  # KeyError: nobody of this id, whom Canvas would ask about
    return there


# ---------------------------------------------------------------- Moodle's gradebook


def moodle_export(
    people: Sequence[Enrolled], items: Sequence[str], *, delimiter: str = ",", with_feedback: bool = True
) -> str:
    """What Moodle's gradebook exports as a text file: `-` where there is no grade."""
    titles = [t for i in items for t in (f"{i} (Real)", *([f"{i} (Feedback)"] if with_feedback else []))]
    header = ["First name", "Last name", "ID number", "Institution", "Department", "Email address", *titles]
    rows = [[*header, "Last downloaded from this course"]]
    for p in people:
        first, _, last = p.name.partition(" ")
        cells = [
            cell for i in items for cell in (p.marks.get(i, "-"), *([p.feedback.get(i, "")] if with_feedback else []))
        ]
        rows.append([first, last, p.sis, "", "", p.login, *cells, "1900000000"])
    return as_csv(rows, delimiter)


def moodle_import(text: str, delimiter: str = ",") -> dict[str, dict[str, tuple[float, str | None]]]:
    """Moodle's steps: one identifier, numbers only, feedback beside the grade if there is a column for it."""
    header, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    assert len(header) == len(set(header)), "a field may be mapped once"
    found = {}
    for row in rows:
        assert row[0].strip(), "Moodle aborts where a student is not found"
        marks = {}
        for at, title in enumerate(header[1:], 1):
            if not title.endswith("(Feedback)"):
                says = f"{re.sub(r' [(]Real[)]$', '', title)} (Feedback)"
                feedback = row[header.index(says)].strip() if says in header else None
                marks[title] = float(row[at].strip().replace(",", ".")), feedback
        found[row[0]] = marks
    return found


# ---------------------------------------------------------------- Moodle's offline grading worksheet

WORKSHEET = (
    *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed"),
    *("Last modified (submission)", "Online text", "Last modified (grade)", "Feedback comments"),
)
GERMAN = (
    *("ID", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung"),
    *("Bewertung kann geändert werden", "Zuletzt geändert (Abgabe)", "Texteingabe online"),
    *("Zuletzt geändert (Bewertung)", "Feedback als Kommentar"),
)


def worksheet(
    people: Sequence[Enrolled], most: str = "10.00", *, german: bool = False, locked: Sequence[int] = ()
) -> str:
    """What Moodle's assignment gives to be filled in; the mark and the comment of each are those of `""`."""
    word, yes, no = ("Teilnehmer/in", "Ja", "Nein") if german else ("Participant ", "Yes", "No")
    when = "Tuesday, 2 March 2027, 10:37 AM"
    rows = [GERMAN if german else WORKSHEET]
    for p in people:
        mark = p.marks.get("", "")
        may = no if p.number in locked else yes
        state = "Submitted for grading - Graded" if mark else "No submission"
        graded = when if mark else "-"
        cells = (f"{word}{p.number}", p.name, p.login, state, mark, most, may, when, "", graded, p.feedback.get("", ""))
        rows.append(cells)
    return as_csv(rows)


def worksheet_after(people: Sequence[Enrolled], text: str, *, german: bool = False) -> dict[int, tuple[str, str]]:
    """Participant → mark and comment after an upload: an empty grade is skipped, a comment never."""
    there = {p.number: (p.marks.get("", ""), p.feedback.get("", "")) for p in people}
    header, *rows = csv.reader(io.StringIO(text))
    grade, comment = 4, 10
    assert tuple(header) == (GERMAN if german else WORKSHEET)
    for row in rows:
        number = int(row[0].removeprefix("Teilnehmer/in" if german else "Participant "))
        old, _ = there[number]
        new = row[grade].replace(",", ".")
        there[number] = (old if new == "" else new, row[comment])
    return there
