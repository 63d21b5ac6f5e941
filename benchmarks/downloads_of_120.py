"""What a class of 120 hands in through Moodle, Canvas, Gradescope and GitHub, with every oddity of real downloads."""

from __future__ import annotations

import csv
import os
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grader.exercise import EXERCISES

DUE = datetime(2027, 3, 1, 18, tzinfo=UTC)
WEEKS: dict[str, dict[str, int]] = {
    "week 1": {"padding": 10, "pooling": 20},
    "week 2": {"shapes": 24},
    "week 3": {"receptive_field": 10},
}
FIRST = "Zoë Søren Łukasz Đorđe Işıl Groß Anaïs Wei Lakshmi José Nguyễn Māra".split()
LAST = "Müller Ek Øberg Straße İnan Wang Iyer García Trần Bērziņa O'Neil van-Dijk".split()
MISSING, UNPARSED, STRAY, NOTES, TWICE, NESTED = 9, 6, 5, 13, 8, 7  # places in the class of those who are odd
LATE, EXTENDED, EXCUSED, WITHDRAWN, GHOST, OVERRIDDEN = 3, 11, 12, 10, 14, 15
NAMESAKES, MARKED, GROUP, GITHUB = (1, 2), 19, (17, 18), 4
GHOST_NAME = "zz@else.example"


@dataclass(frozen=True)
class HandedInFile:
    """A file as its download has it; `at` None: no platform says when it came."""

    week: str
    student: str
    exercise: str
    path: str
    at: datetime | None


@dataclass
class TestClass:
    """Where the downloads are, what is in them, and what has to be said of them: (kind, name), each once."""

    __test__ = False
    folder: Path
    count: int
    files: list[HandedInFile] = field(default_factory=list)
    odd: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def key(self, number: int) -> str:
        """A student's."""
        return f"s{number}@uni.example"

    def name(self, number: int) -> str:
        """Names repeat only for the namesakes."""
        if number in NAMESAKES:
            return "Ana Ek"
        return f"{FIRST[number % 12]} {LAST[number // 12 % 12]}" + ("" if number < 144 else f" {number}")


def content(exercise: str, number: int) -> bytes:
    """Right for two of three students, else one of the bank's mistakes; each student's in other bytes."""
    folder = EXERCISES / exercise / ("wrong" if number % 3 == 0 else "right")
    sources = sorted(folder.glob("*.py"))
    return sources[number % len(sources)].read_bytes() + f"\n# {number}\n".encode()


# ---------------------------------------------------------------- the downloads


def make(folder: Path, count: int) -> TestClass:
    """Write the class list and all downloads. `count` is 24 or more."""
    made = TestClass(folder, count)
    folder.mkdir(parents=True, exist_ok=True)
    numbers = range(count)
    people = [[made.name(n), made.key(n), str(500 + n), f"hub{n}", "AB"[n % 2]] for n in numbers]
    _table(folder / "class.csv", ["Name", "Email address", "Canvas User ID", "GitHub username", "Sections"], people)
    sheet = [[f"Participant {100 + n}", made.name(n), made.key(n), "Submitted for grading", "-"] for n in numbers]
    _table(folder / "worksheet.csv", ["Identifier", "Full name", "Email address", "Status", "Grade"], sheet)
    _moodle(made)
    _canvas(made)
    _gradescope(made)
    _github(made)
    return made


def _table(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([header, *rows])


def _came(number: int) -> datetime:
    late = {LATE: 2, EXTENDED: 2}.get(number, 0)
    return DUE - timedelta(hours=1 + number % 40) if not late else DUE + timedelta(days=late, hours=-1)


def _moodle(made: TestClass) -> None:
    odd = made.odd.setdefault("week 1", [])
    with zipfile.ZipFile(made.folder / "week1.zip", "w") as archive:
        for n in (n for n in range(made.count) if n != MISSING):
            top = f"{'Zoe Mueller' if n == 0 else made.name(n)}_{100 + n}_assignsubmission_file_"
            files = {f"my_{e}.py": content(e, n) for e in WEEKS["week 1"] if e == "padding" or n % 4}
            files |= _oddities(n, odd, top)
            if n == NOTES:
                files = {"notes.pdf": b"%PDF"}
            for name, data in files.items():
                _put(archive, f"{top}/{name}", data, _came(n) - timedelta(days=name.startswith("old/")))
                exercise = name.removeprefix("my_").removesuffix(".py")
                if exercise in WEEKS["week 1"]:
                    made.files.append(HandedInFile("week 1", made.key(n), exercise, f"{top}/{name}", _came(n)))
    odd.append(("nothing handed in", made.key(MISSING)))


def _oddities(n: int, odd: list[tuple[str, str]], top: str) -> dict[str, bytes]:
    """What some of them hand in besides."""
    found: dict[int, tuple[str, str, bytes]] = {
        STRAY: ("another exercise", "my_backprop.py", (EXERCISES / "backprop" / "starter.py").read_bytes()),
        UNPARSED: ("cannot be read", "my_padding.py", b"def output_size(:\n"),
        NESTED: ("cannot be read", "broken.zip", b"PK\x03\x04 no zip"),
        TWICE: ("handed in more than once", "old/my_padding.py", content("padding", n) + b"# older\n"),
        NOTES: ("no source file", "notes.pdf", b"%PDF"),
    }
    if n not in found:
        return {}
    kind, name, data = found[n]
    odd.append((kind, f"{top}/{name}"))
    return {name: data}


def _put(archive: zipfile.ZipFile, name: str, data: bytes, at: datetime) -> None:
    info = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    archive.writestr(info, data, zipfile.ZIP_DEFLATED)


def _canvas(made: TestClass) -> None:
    """Canvas says when nothing came, but for LATE: days late are not known, and nothing is taken off."""
    with zipfile.ZipFile(made.folder / "week2.zip", "w") as archive:
        for n in (n for n in range(made.count) if n not in (MISSING, EXCUSED)):
            who = "".join(c for c in "".join(reversed(made.name(n).split())).lower() if c.isalpha())
            path = f"{who}{'_LATE' if n == MARKED else ''}_{500 + n}_{9000 + n}_my_shapes.py"
            _put(archive, path, content("shapes", n), DUE)
            made.files.append(HandedInFile("week 2", made.key(n), "shapes", path, None))
    made.odd["week 2"] = [("nothing handed in", made.key(n)) for n in (MISSING, EXCUSED)]


def _gradescope(made: TestClass) -> None:
    """One of a group has work of her own; one hands in under a name that nobody knows."""
    entries = []
    with zipfile.ZipFile(made.folder / "week3.zip", "w") as archive:
        for n in (n for n in range(made.count - GITHUB) if n != MISSING):
            members = GROUP if n == GROUP[0] else (n,)
            who = [_submitter(made, m) for m in members]
            if n == GHOST:
                who = [f"  - :name: Zz Unknown\n    :email: {GHOST_NAME}\n"]
            at = _came(n)
            entries.append(f"submission_{n}:\n  :submitters:\n{''.join(who)}  :created_at: {at:%Y-%m-%d %H:%M:%S} Z\n")
            path = f"submission_{n}/my_receptive_field.py"
            archive.writestr(path, content("receptive_field", n))
            made.files.append(HandedInFile("week 3", made.key(n), "receptive_field", path, at))
        archive.writestr("submission_metadata.yml", "".join(entries))
    both = f"{made.key(GROUP[0])}, {made.key(GROUP[1])}: receptive_field"
    made.odd["week 3"] = [("a member of the group has work of their own", both)]


def _submitter(made: TestClass, n: int) -> str:
    return f'  - :name: "{made.name(n)}"\n    :email: {made.key(n)}\n'


def _github(made: TestClass) -> None:
    """Repositories named after accounts; one file's name is not UTF-8."""
    for n in range(made.count - GITHUB, made.count):
        folder = made.folder / "week3-github" / f"week-3-hub{n}"
        folder.mkdir(parents=True, exist_ok=True)
        odd_name = n == made.count - 1
        name = b"L\xf6sung.py" if odd_name else b"my_receptive_field.py"
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(content("receptive_field", n))
        shown = name.decode("cp1252")
        made.files.append(HandedInFile("week 3", made.key(n), "receptive_field", f"week-3-hub{n}/{shown}", None))
