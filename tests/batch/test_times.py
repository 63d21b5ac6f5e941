"""When a download's files were handed in: what platforms say, lists, and the files' own dates."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from grader.batch.intake import Intake, read
from grader.batch.prepare import Wanted, prepare
from grader.batch.problems import Kind
from grader.batch.times import read_times
from grader.errors import GraderError
from grader.gradebook.records import FILES, STATED, HandedIn
from tests.batch.makers import RIGHT, folder, found

BERLIN = ZoneInfo("Europe/Berlin")
MOODLE = "{}_assignsubmission_file_/my_conv.py"
FILES_OF_TWO = {MOODLE.format("Ana Ek_101"): RIGHT, MOODLE.format("Bo Li_102"): RIGHT}


def times_of(intake: Intake, **changes: object) -> dict[str, HandedIn]:
    """Student → when their file came."""
    intake.times = replace(intake.times, **changes)
    return {h.who: f.submitted for h in intake.hand_ins() for f in h.files}


def moodle_zip(path: Path, dates: dict[str, tuple[int, ...]]) -> Path:
    """A zip of Moodle's with a date for each student's file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for who, date in dates.items():
            archive.writestr(zipfile.ZipInfo(MOODLE.format(who), date), RIGHT)
    path.write_bytes(buffer.getvalue())
    return path


def listed(tmp_path: Path, text: str) -> list:
    """A list of times as a file."""
    path = tmp_path / "times.csv"
    path.write_text(text, encoding="utf-8")
    return read_times(path)


# ---------------------------------------------------------------- platforms


def test_the_dates_in_moodles_zip_are_by_the_clocks_of_the_zone(tmp_path):
    path = moodle_zip(tmp_path / "w.zip", {"Ana Ek_101": (2027, 3, 1, 18, 2, 4), "Bo Li_102": (2027, 2, 27, 9, 0, 0)})
    when = times_of(read(path), zone=BERLIN)
    assert when["Ana Ek"] == HandedIn(
        datetime(2027, 3, 1, 17, 2, 4, tzinfo=UTC), "Moodle's zip", clock="2027-03-01 18:02:04"
    )
    assert when["Bo Li"].at == datetime(2027, 2, 27, 8, tzinfo=UTC)


@pytest.mark.parametrize("minute", [0, 20])
def test_dates_of_one_half_hour_tell_when_the_zip_was_made(tmp_path, minute):
    path = moodle_zip(
        tmp_path / "w.zip", {"Ana Ek_101": (2027, 3, 1, 9, 0, 0), "Bo Li_102": (2027, 3, 1, 9, minute, 0)}
    )
    assert set(times_of(read(path)).values()) == {HandedIn()}


def test_a_zip_without_dates_tells_nothing(tmp_path):
    path = moodle_zip(tmp_path / "w.zip", {"Ana Ek_101": (1980, 1, 1, 0, 0, 0), "Bo Li_102": (1980, 1, 1, 0, 0, 0)})
    assert set(times_of(read(path), from_files=True).values()) == {HandedIn()}


def test_canvas_says_late_and_not_how_late(tmp_path):
    names = ("ekana_501_9001_my_conv.py", "libo_LATE_502_9002_my_conv.py")
    when = times_of(read(folder(tmp_path / "w", dict.fromkeys(names, RIGHT))))
    assert when == {"ekana_501": HandedIn(), "libo_502": HandedIn(None, "Canvas", late=True)}


def test_the_files_own_dates_only_where_they_are_asked_for(tmp_path):
    path = folder(tmp_path / "w", {"ana/conv.py": RIGHT, "bo/conv.py": RIGHT})
    os.utime(path / "ana" / "conv.py", (1_803_924_120, 1_803_924_120))
    assert set(times_of(read(path)).values()) == {HandedIn()}
    when = times_of(read(path), from_files=True)
    assert when["ana"] == HandedIn(datetime.fromtimestamp(1_803_924_120, UTC), FILES)


# ---------------------------------------------------------------- lists

WORKSHEET = """Identifier,Full name,Email address,Status,Last modified (submission),Last modified (grade)
Participant 101,Ana Ek,ana@uni.example,HandedIn for grading,"Monday, 1 March 2027, 6:02 PM",-
Participant 102,Bo Li,bo@uni.example,HandedIn for grading,"Tuesday, 2 March 2027, 12:05 AM",-
Participant 103,Cy Yu,cy@uni.example,No submission,-,-
"""


def test_moodles_grading_worksheet(tmp_path):
    intake = read(folder(tmp_path / "w", FILES_OF_TWO))
    when = times_of(intake, listed=listed(tmp_path, WORKSHEET), zone=BERLIN)
    assert (when["Ana Ek"].at, when["Ana Ek"].source) == (datetime(2027, 3, 1, 17, 2, tzinfo=UTC), STATED)
    assert when["Bo Li"].at == datetime(2027, 3, 1, 23, 5, tzinfo=UTC)
    assert found(intake, Kind.ONLY_A_TIME) == []


def test_a_groups_number_is_no_participants(tmp_path):
    files = {f"{who}_assignsubmission_file_/my_conv.py": RIGHT for who in ("Team X_101", "Bo Li_102")}
    when = times_of(read(folder(tmp_path / "w", files)), listed=listed(tmp_path, WORKSHEET), zone=BERLIN)
    assert (when["Team X"], when["Bo Li"].source) == (HandedIn(), STATED)


def test_moodles_grading_worksheet_without_names(tmp_path):
    text = 'ID,Status,Zuletzt geändert (Abgabe)\nTeilnehmer/in 102,Abgegeben,"Montag, 1. März 2027, 18:02"\n'
    when = times_of(read(folder(tmp_path / "w", FILES_OF_TWO)), listed=listed(tmp_path, text), zone=BERLIN)
    assert (when["Ana Ek"], when["Bo Li"].at) == (HandedIn(), datetime(2027, 3, 1, 17, 2, tzinfo=UTC))


def test_a_list_of_files_and_students_and_what_fits_nothing(tmp_path):
    path = folder(tmp_path / "w", {"ana/conv.py": RIGHT, "bo/conv.py": RIGHT})
    text = "file;student;time\nana/conv.py;;2027-03-01T18:02+01:00\n;BO;1.3.2027 18:03\n;zoe;2027-03-01 18:04\n"
    intake = read(path)
    when = times_of(intake, listed=listed(tmp_path, text), zone=BERLIN)
    assert {who: s.at.minute for who, s in when.items()} == {"ana": 2, "bo": 3}
    assert found(intake, Kind.ONLY_A_TIME) == ["zoe"]


def test_a_list_is_believed_before_the_platform(tmp_path):
    intake = read(folder(tmp_path / "w", {"libo_LATE_502_9002_my_conv.py": RIGHT, "ekana_501_9001_my_conv.py": RIGHT}))
    when = times_of(intake, listed=listed(tmp_path, "id,time\n502,2027-03-01 18:02Z\n"))
    assert when["libo_502"] == HandedIn(datetime(2027, 3, 1, 18, 2, tzinfo=UTC), STATED)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("student,when\nana,2027-03-01 18:02\n", "no column 'time'"),
        ("person,time\nana,2027-03-01 18:02\n", "no column for the student or the file"),
        ("student,time\nana,2027-03-01\n", "line 2: '2027-03-01' is no time"),
        ("student,time\nana,03/04/2027 18:02\n", "is no time"),
        ("student,time\nana,32.1.2027 18:02\n", "is no time"),
        ("student,time\nana,2027-03-01 18:02\nana,2027-03-01 18:03\n", "'ana' is there twice"),
        ("student,time\nana,2027-03-01 18:02\n,2027-03-01 18:03\n", "line 3: a time of nobody"),
        ("", "is empty"),
    ],
)
def test_a_list_that_cannot_be_used_says_where(tmp_path, text, said):
    with pytest.raises(GraderError, match=said):
        listed(tmp_path, text)


def test_a_group_needs_the_time_of_one_member_and_leaves_no_line_over(tmp_path):
    submitters = "".join(f"\n  - :name: {n}\n    :email: {n}@uni.example" for n in ("bo", "cy"))
    files = {"submission_metadata.yml": f"submission_1:\n  :submitters:{submitters}\n", "submission_1/conv.py": RIGHT}
    intake = read(folder(tmp_path / "w", {**files, "submission_2/conv.py": RIGHT}))
    text = "email,time\nbo@uni.example,2027-03-01 18:02Z\ncy@uni.example,2027-03-01 18:03Z\n"
    [submitted] = times_of(intake, listed=listed(tmp_path, text)).values()
    assert (submitted.at.minute, found(intake, Kind.ONLY_A_TIME)) == (3, [])


def test_a_name_that_only_begins_alike_gets_nobodys_time(tmp_path):
    path = folder(tmp_path / "w", {"ana.py": RIGHT, "ana k.py": RIGHT})
    when = times_of(read(path), listed=listed(tmp_path, "student,time\nana,2027-03-01 18:02Z\n"))
    assert (when["ana"].source, when["ana k"]) == (STATED, HandedIn())


def test_a_piece_of_work_came_when_the_last_of_its_files_did(tmp_path):
    source = b"from helper import *\n" + RIGHT
    files = {"conv.py": source, "helper.py": b"x = 1\n", "other.py": b"y = 1\n"}
    path = folder(tmp_path / "w", {**{f"ana/{name}": data for name, data in files.items()}, "bo/conv.py": RIGHT})
    text = "file,time\nana/conv.py,2027-03-01 18:02Z\nana/helper.py,2027-03-01 18:05Z\nana/other.py,2027-03-01 19:00Z\n"
    intake = read(path)
    intake.times = replace(intake.times, listed=listed(tmp_path, text))
    ana, bo = (units for units, _ in prepare(list(intake.hand_ins()), Wanted("conv")))
    assert [u.submitted.at for u in (*ana, *bo)] == [datetime(2027, 3, 1, 18, 5, tzinfo=UTC), None]
