"""Whatever is the matter with one hand-in, the others are graded; only a database or a disk that fails ends a batch."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from grader.batch import intake as intake_module
from grader.batch import ledger, work
from grader.batch import prepare as prepare_module
from grader.batch.intake import read
from grader.batch.pages import Pages, PagesError
from grader.batch.prepare import Wanted
from grader.batch.problems import Kind
from grader.batch.run import Batch, BatchPlan
from grader.batch.summary import summarise
from grader.classreport import pages as class_pages
from grader.classreport.pages import write_class
from grader.clean import decoded
from grader.gradebook import Gradebook, GradebookError, Person
from grader.gradebook.book import Gradebook as Book
from grader.gradebook.records import EntryError
from tests.batch.makers import RIGHT, THREE, a_class, folder, snapshot, taken_in, zipped
from tests.batch.makers import batch as batch_command
from tests.batch.makers import run as run_command
from tests.batch.test_run import farm, sound

HELPED = b"from h\xc3\xb6lfer import conv2d, conv2d_backward\n"


# ---------------------------------------------------------------- names


def odd_class(path: Path) -> Path:
    """Students whose folders, files and modules have names that are not UTF-8, or hold what a terminal obeys."""
    names = [b"M\xfcller/conv.py", b"bob/L\xf6sung.py", b"cleo/\xff\xfe\n\x1b[31m.py", b"M\xf6ller/conv.py"]
    for number, name in enumerate(names):
        target = Path(os.fsdecode(os.path.join(os.fsencode(path), name)))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(RIGHT + b"\n" * number)
    dora = path / "dora"
    dora.mkdir()
    (dora / "conv.py").write_bytes(HELPED)
    (dora / os.fsdecode(b"h\xf6lfer.py")).write_bytes(RIGHT)
    (path / os.fsdecode(b"\xe9ve.zip")).write_bytes(zipped({"a/Lösung.py": RIGHT}))
    return path


def test_what_is_not_utf_8_is_read_as_windows_1252():
    assert decoded("Jörg/L\udcf6sung.py") == "Jörg/Lösung.py"
    assert decoded("Jörg/Lösung.py") == "Jörg/Lösung.py"
    decoded("\ud83d/\udc81").encode()
    assert decoded("M\udcf6ller") != decoded("M\udcfcller")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_odd_names_from_the_folder_to_the_pages(tmp_path, kind, request):
    where = str(tmp_path / "book.sqlite") if kind == "sqlite" else request.getfixturevalue("postgresql")
    path = odd_class(tmp_path / os.fsdecode(b"w\xf6che"))
    done = run_command(batch_command(path, where, "--out", str(tmp_path / "out"), "--assignment", "odd"))
    assert "6 graded now" in done.stdout
    assert "6 with full marks" in done.stdout
    students = {row[1] for row in snapshot(where) if row[0] == "student"}
    assert students == {"Müller", "Möller", "bob", "cleo", "dora", "éve"}
    assert json.loads((tmp_path / "out" / "students" / "bob" / "conv.json").read_text())["file"] == "bob/Lösung.py"
    assert "Lösung.py" in (tmp_path / "out" / "students" / "bob" / "index.html").read_text()
    again = run_command(batch_command(path, where, "--assignment", "odd"))
    assert "0 graded now, 6 graded before" in again.stdout


def renamed(archive: bytes, name: str, to: bytes, system: int) -> bytes:
    """A zip with other bytes for a name, made on DOS (0) or Unix (3)."""
    made = archive.replace(name.encode(), to)
    return made.replace(b"PK\x01\x02\x14\x03", b"PK\x01\x02\x14" + bytes([system]))


@pytest.mark.parametrize(
    ("name", "to", "system", "read_as"),
    [
        ("Lasung", b"L\xf6sung", 3, "Lösung"),
        ("Lasung", b"L\x94sung", 0, "Lösung"),
        ("Laesung", "Lösung".encode(), 0, "Lösung"),
        ("Lösung", b"L\xf6osung", 3, "Löosung"),  # the archive says that it is UTF-8
        ("Lösung", b"L\x94osung", 0, "Löosung"),
    ],
)
def test_odd_names_in_a_zip_within_and_without(tmp_path, name, to, system, read_as):
    inner = renamed(zipped({f"{name}.py": RIGHT}), name, to, system)
    outer = renamed(zipped({"ana/x.zip": inner, f"{name}/conv.py": RIGHT, "bo/conv.py": RIGHT}), name, to, system)
    (tmp_path / "w.zip").write_bytes(outer)
    intake, hand_ins = taken_in(tmp_path / "w.zip")
    assert intake.problems == []
    assert {h.who: [f.name for f in h.files] for h in hand_ins.values()} == {
        "ana": [f"{read_as}.py"],
        "bo": ["conv.py"],
        read_as: ["conv.py"],
    }
    assert all(f.data == RIGHT for h in hand_ins.values() for f in h.files)


def test_the_folder_itself_may_have_any_name(tmp_path):
    path = folder(tmp_path / os.fsdecode(b"w\xf6che"), THREE)
    where = str(tmp_path / "b.sqlite")
    run_command([*batch_command(path, where)[:5], "--gradebook", where, "--no-timing"])
    with Gradebook.open(tmp_path / "b.sqlite") as book:
        assert book.assignments() == ["wöche"]


def test_a_student_whose_folder_is_closed_is_told_of(tmp_path, monkeypatch):
    path = folder(tmp_path / "w", THREE)
    real = os.scandir

    def scandir(where):
        if os.fspath(where).endswith("bob"):
            raise PermissionError(13, "Permission denied", os.fspath(where))
        return real(where)

    monkeypatch.setattr(os, "scandir", scandir)
    intake = read(path)
    assert [(p.kind, p.where) for p in intake.problems] == [(Kind.UNREADABLE, "bob")]


# ---------------------------------------------------------------- faults


def for_bob(monkeypatch, owner, name, whose):
    """Let a function of ours fail for one student."""
    real = getattr(owner, name)

    def failing(*args, **options):
        if whose(*args):
            raise ValueError("bad \udcf6 luck")
        return real(*args, **options)

    monkeypatch.setattr(owner, name, failing)


def at_reading(monkeypatch):
    for_bob(monkeypatch, intake_module, "_inside", lambda entry, _: entry.name.startswith("bob"))


def at_preparing(monkeypatch):
    for_bob(monkeypatch, prepare_module, "_of_one", lambda hand_in, *_: hand_in.who == "bob")


def at_looking_up(monkeypatch):
    for_bob(monkeypatch, Batch, "_is_done", lambda _, unit: unit.people[0].key == "bob")


def at_recording(monkeypatch):
    for_bob(monkeypatch, Book, "record_all", lambda _, graded: any(one.student == "bob" for one in graded))


def at_refusing(monkeypatch):
    def refusing(self, graded):
        if any(one.student == "bob" for one in graded):
            raise EntryError("two entries contradict each other")
        return real(self, graded)

    real = Book.record_all
    monkeypatch.setattr(Book, "record_all", refusing)


def at_keeping_pages(monkeypatch):
    for_bob(monkeypatch, Pages, "keep", lambda _, person, *__: person.key == "bob")


def the_batch(tmp_path: Path, book: Gradebook, grade=sound) -> Batch:
    intake = read(folder(tmp_path / "w", THREE))
    plan = BatchPlan("week 1", "batch 7", work.GradingOptions(7), Wanted("conv"))
    pages = Pages(tmp_path / "out")
    ensure = ledger.Items(book, "week 1").ensure
    return Batch(intake, book, plan, farm(grade), ensure=ensure, keep_pages=pages.keep)


def failing_for_bob(unit, options):
    """A grading that fails for one student, however often it is tried."""
    if unit.people[0].key == "bob":
        raise ValueError("bad luck")
    return sound(unit, options)


@pytest.fixture
def book(tmp_path):
    with Gradebook.open(tmp_path / "book.sqlite") as made:
        yield made


@pytest.mark.sampled(quick=3)
@pytest.mark.parametrize(
    "fault", [at_reading, at_preparing, at_looking_up, at_recording, at_refusing, at_keeping_pages, None]
)
def test_one_of_three_fails_and_two_are_graded(tmp_path, book, monkeypatch, fault):
    if fault is not None:
        fault(monkeypatch)
    made = the_batch(tmp_path, book, sound if fault else failing_for_bob)
    made.run()
    assert {student for student, *_ in book.done("week 1", "batch 7")} == {"ana", "cleo"}
    assert [p.student for p in made.problems if p.kind == Kind.OURS] == ["bob"]
    assert (summarise(made, book).not_graded, made.finished, made.total) == (1, 3, 3)
    monkeypatch.undo()
    again = the_batch(tmp_path, book)
    again.run()
    assert (again.counts.graded, again.counts.known) == (1, 2)


def test_many_that_always_fail_are_all_told_of(tmp_path, book):
    bad = {f"s{i:03}" for i in range(14)}

    def grade(unit, options):
        if unit.people[0].key in bad:
            raise ValueError("bad luck")
        return sound(unit, options)

    intake = read(a_class(tmp_path / "w", 40))
    plan = BatchPlan("week 1", "batch 7", work.GradingOptions(7), Wanted("receptive_field"))
    made = Batch(intake, book, plan, farm(grade), ensure=ledger.Items(book, "week 1").ensure)
    made.run()
    assert {p.student for p in made.problems if p.kind == Kind.OURS} == bad
    assert made.counts.graded == 40 - len(bad)


def test_one_that_cannot_be_enrolled_is_told_of(book, monkeypatch):
    for_bob(monkeypatch, Book, "enrol", lambda _, people: "bob" in {p.key for p in people})
    problems = ledger.enrol(book, [Person("ana"), Person("bob"), Person("cleo")])
    assert [(p.kind, p.student) for p in problems] == [(Kind.OURS, "bob")]
    assert [row[1] for row in book.snapshot()] == ["ana", "cleo"]


def test_a_students_page_that_cannot_be_made_costs_no_other(tmp_path, book, monkeypatch):
    the_batch(tmp_path, book).run()
    for_bob(monkeypatch, class_pages, "student_page", lambda _, person, *__: person.key == "bob")
    count, failed = write_class(tmp_path / "out", book, "week 1")
    assert (count, [p.student for p in failed]) == (2, ["bob"])
    assert (tmp_path / "out" / "index.html").is_file()
    assert (tmp_path / "out" / "students" / "cleo" / "index.html").is_file()


@pytest.mark.parametrize("error", [GradebookError("the disk is full", ours=True), PagesError("no room")])
def test_what_fails_for_everybody_ends_the_batch(tmp_path, book, monkeypatch, error):
    def failing(*_):
        raise error

    monkeypatch.setattr(Book, "record_all", failing)
    with pytest.raises(type(error)):
        the_batch(tmp_path, book).run()


def test_a_page_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        Pages(tmp_path).write("a.html", "\udcf6")
    assert list(tmp_path.iterdir()) == []
