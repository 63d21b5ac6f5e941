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
    "week 4": {"pooling": 20},
    "week 5": {"padding": 10},
    "week 6": {"receptive_field": 10},
}
FIRST = "Zoë Søren Łukasz Đorđe Işıl Groß Anaïs 明 Lakshmi José Nguyễn Māra".split()
LAST = "Müller Ek Øberg Straße İnan 王 Iyer García Trần Bērziņa O'Neil van-Dijk".split()
MISSING, UNPARSED, STRAY, NOTES, TWICE, NESTED = 9, 6, 5, 13, 8, 7  # places in the class of those who are odd
LATE, EXTENDED, EXCUSED, WITHDRAWN, GHOST, OVERRIDDEN = 3, 11, 12, 10, 14, 15
NAMESAKES, MARKED, GROUP, GITHUB, IN_GROUPS = (1, 2), 19, (17, 18), 4, (21, 22)
GHOST_NAME = "zz@else.example"


@dataclass(frozen=True)
class HandedInFile:
    """A file as its download has it, of the student with this number; `at` None: no platform says when it came."""

    week: str
    number: int
    exercise: str
    path: str
    at: datetime | None


@dataclass(frozen=True)
class TypedBatch:
    """A download, the assignment that it is for, and what is typed besides; `named`: the assignment is."""

    week: str
    download: str
    options: tuple[str, ...]
    named: bool = True


@dataclass
class TestClass:
    """Where the downloads are, what is in them, and what has to be said of them: (kind, name), each once."""

    __test__ = False
    folder: Path
    count: int
    files: list[HandedInFile] = field(default_factory=list)
    batches: list[TypedBatch] = field(default_factory=list)
    odd: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def key(self, number: int) -> str:
        """A student's."""
        return f"s{number}@uni.example"

    def name(self, number: int) -> str:
        """Names repeat only for the namesakes."""
        if number in NAMESAKES:
            return "Ana Ek"
        return f"{FIRST[number % 12]} {LAST[number // 12 % 12]}" + ("" if number < 144 else f" {number}")

    def section(self, number: int) -> str:
        """Two, in turns."""
        return "AB"[number % 2]

    def came(self, week: str, number: int, path: str, at: datetime | None) -> None:
        """Note what a download has for the first exercise of a week."""
        self.files.append(HandedInFile(week, number, next(iter(WEEKS[week])), path, at))

    def type(self, week: str, download: str, *options: str, named: bool = True) -> None:
        """Note a batch; options with a dot are names of files beside the downloads."""
        found = tuple(str(self.folder / o) if o.endswith(".csv") else o for o in options)
        self.batches.append(TypedBatch(week, download, found, named))


def content(exercise: str, number: int) -> bytes:
    """Right for two of three students, else one of the bank's mistakes; each student's in other bytes."""
    folder = EXERCISES / exercise / ("wrong" if number % 3 == 0 else "right")
    sources = sorted(folder.glob("*.py"))
    return sources[number % len(sources)].read_bytes() + f"\n# {number}\n".encode()


# ---------------------------------------------------------------- the downloads


def make(folder: Path, count: int) -> TestClass:
    """Write the class list and the downloads with names. `count` is 24 or more."""
    made = TestClass(folder, count)
    folder.mkdir(parents=True, exist_ok=True)
    numbers = range(count)
    people = [[made.name(n), made.key(n), str(500 + n), f"hub{n}", made.section(n)] for n in numbers]
    table(folder / "class.csv", ["Name", "Email address", "Canvas User ID", "GitHub username", "Sections"], people)
    trap = [[made.name(n), made.key(n), str(500 + (n + 1) % count), f"hub{n}"] for n in numbers]
    table(folder / "numbered.csv", ["Name", "Email address", "ID", "GitHub username"], trap)
    sheet = [[f"Participant {100 + n}", made.name(n), made.key(n), "Submitted for grading", "-"] for n in numbers]
    table(folder / "worksheet.csv", ["Identifier", "Full name", "Email address", "Status", "Grade"], sheet)
    for write in (_moodle, _canvas, _gradescope, _github):
        write(made)
    return made


def table(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """Write a CSV as spreadsheets do."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([header, *rows])


def _came(number: int) -> datetime:
    late = {LATE: 2, EXTENDED: 2}.get(number, 0)
    return DUE - timedelta(hours=1 + number % 40) if not late else DUE + timedelta(days=late, hours=-1)


def _moodle(made: TestClass) -> None:
    odd = made.odd.setdefault("week 1", [])
    with zipfile.ZipFile(made.folder / "week1.zip", "w") as archive:
        for n in (n for n in range(made.count) if n != MISSING):
            top = top_of(made, n)
            files = {f"my_{e}.py": content(e, n) for e in WEEKS["week 1"] if e == "padding" or n % 4 == 1}
            files |= _oddities(n, odd, top)
            if n == NOTES:
                files = {"notes.pdf": b"%PDF"}
            for name, data in files.items():
                put(archive, f"{top}/{name}", data, _came(n) - timedelta(days=name.startswith("old/")))
                exercise = name.removeprefix("my_").removesuffix(".py")
                if exercise in WEEKS["week 1"]:
                    made.files.append(HandedInFile("week 1", n, exercise, f"{top}/{name}", _came(n)))
    odd.append(("nothing handed in", made.key(MISSING)))
    made.type("week 1", "week1.zip", "--roster", "worksheet.csv")


def top_of(made: TestClass, n: int) -> str:
    """A student's folder in Moodle's download: in group mode the group comes first."""
    name = "Zoe Mueller" if n == 0 else made.name(n)
    return f"{'Group A-' if n in IN_GROUPS else ''}{name}_{100 + n}_assignsubmission_file_"


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


def put(archive: zipfile.ZipFile, name: str, data: bytes, at: datetime) -> None:
    """A file with a date."""
    info = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    archive.writestr(info, data, zipfile.ZIP_DEFLATED)


def _canvas(made: TestClass) -> None:
    """Canvas says when nothing came, but for LATE: days late are not known, and nothing is taken off."""
    with zipfile.ZipFile(made.folder / "week2.zip", "w") as archive:
        for n in (n for n in range(made.count) if n not in (MISSING, EXCUSED)):
            who = "".join(c for c in "".join(reversed(made.name(n).split())).lower() if c.isalpha())
            path = f"{who}{'_LATE' if n == MARKED else ''}_{500 + n}_{9000 + n}_my_shapes.py"
            put(archive, path, content("shapes", n), DUE)
            made.came("week 2", n, path, None)
            if n == MARKED:
                made.odd["week 2"] = [("late, says the platform", path)]
    made.odd["week 2"] += [("nothing handed in", made.key(n)) for n in (MISSING, EXCUSED)]
    made.type("week 2", "week2.zip", "--roster", "class.csv", named=False)


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
            made.came("week 3", n, path, at)
        archive.writestr("submission_metadata.yml", "".join(entries))
    both = f"{made.key(GROUP[0])}, {made.key(GROUP[1])}: receptive_field"
    made.odd["week 3"] = [("a member of the group has work of their own", both)]
    made.type("week 3", "week3.zip", "--roster", "class.csv")


def _submitter(made: TestClass, n: int) -> str:
    return f'  - :name: "{made.name(n)}"\n    :email: {made.key(n)}\n'


def _github(made: TestClass) -> None:
    """Repositories named after accounts; one file's name is not UTF-8. A list has the times of all but the first."""
    first, times = made.count - GITHUB, []
    for n in range(first, made.count):
        folder = made.folder / "week3-github" / f"week-3-hub{n}"
        folder.mkdir(parents=True, exist_ok=True)
        odd_name = n == made.count - 1
        name = b"L\xf6sung.py" if odd_name else b"my_receptive_field.py"
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(content("receptive_field", n))
        at = DUE + timedelta(hours=50 * (n - first) - 60)
        times += [[made.key(n), f"{at:%Y-%m-%d %H:%M}"]] if n > first else []
        made.came("week 3", n, f"week-3-hub{n}/{name.decode('cp1252')}", at if n > first else None)
    table(made.folder / "times.csv", ["student", "time"], times)
    made.type("week 3", "week3-github", "--roster", "numbered.csv", "--times", "times.csv")
