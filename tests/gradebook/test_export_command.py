"""`grade export` as an instructor types it."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.gradebook.platforms import Enrolled, canvas_export, canvas_import
from tests.gradebook.test_commands import run, where

__all__ = ["where"]  # the fixture


def test_exports_are_written_whole_with_their_line_ends(where):
    said = run("export", "canvas", "--column", "conv=Homework (7)", "-o", "canvas.csv")
    assert "1 student without a mark" in said
    data = Path("canvas.csv").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 4
    assert next(csv.reader(data.decode().splitlines()))[-1] == "Homework (7)"
    header = run("export", "csv").splitlines()[0].split(",")
    assert header[:5] == ["student", "name", "section", "conv", "conv computed"]
    assert header[5:] == [
        "conv submitted",
        "conv due",
        "conv days late",
        "conv free days",
        "conv attempts",
        "excused",
        "total",
    ]
    run("export", "csv", "--decimal", "comma", "-o", "marks.csv")
    assert Path("marks.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent;name;section;conv;")
    run("export", "xlsx", "-o", "marks.xlsx")
    assert Path("marks.xlsx").read_bytes().startswith(b"PK")
    said = run("export", "moodle", "-o", "moodle.csv")
    assert "left out, as they have no id: cleo, ben" in said


def test_an_export_says_what_it_would_change_and_refuses_to_erase(where):
    title = "Homework (7)"
    people = [
        Enrolled(12, "Ek, Ada", "aek", "", {title: "4"}),
        Enrolled(13, "[red]Cleo", "cleo", "", {title: "3"}),
        Enrolled(14, "Li, Zoe", "zoe", "", {title: "9"}),
    ]
    Path("theirs.csv").write_text(canvas_export(people, {title: "10"}))
    against = ["export", "canvas", "--column", f"conv={title}", "--against", "theirs.csv", "-o", "ours.csv"]
    said = run(*against)
    assert said.splitlines()[0] == "theirs.csv: 0 new, 1 changed, 0 erased, 1 stay as they are"
    assert "Ada Ek (ada)  4 → 6" in said
    assert "1 in theirs.csv, not in this gradebook: Li, Zoe" in said
    assert "1 in this gradebook, not in theirs.csv: ben" in said
    before = Path("ours.csv").read_bytes()
    assert canvas_import(before.decode()) == {"possible": {"7": "10"}, "12": {"7": "6"}}
    said = run(*against, "--missing", "0", code=2)
    assert "1 erased" in said
    assert "it would erase 1 marks of theirs.csv" in said
    assert Path("ours.csv").read_bytes() == before
