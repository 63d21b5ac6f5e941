"""The class list in the forms in which platforms give it, and who of it handed in."""

from __future__ import annotations

import pytest

from grader.batch.problems import Kind
from grader.batch.roster import Roster, read_roster
from grader.batch.sources import IntakeError
from grader.errors import GraderError
from grader.gradebook import Person
from tests.batch.makers import RIGHT, folder, found, taken_in

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,conv (12)\n"
    "    Points Possible,,,,,20\n"
    '"Ek, Ana",501,4711,ana1,A,\n'
    '"Li, Bo",502,4712,bo2,B,\n'
    '"Student, Test",999,,,A,\n'
)
MOODLE = "First name;Last name;ID number;Email address\nAna;Ek;4711;ana@uni.example\nBo;Li;4712;bo@uni.example\n"
PLAIN = "name\temail\nAna Ek\tana@uni.example\nBo Li\tbo@uni.example\n"


def roster(tmp_path, text: str | bytes) -> Roster:
    path = tmp_path / "class.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roster(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    people = roster(tmp_path, "Name,Email\nZoë Müller,zoe@uni.example\n".encode(encoding)).people
    assert people == [Person("zoe@uni.example", "Zoë Müller", ids={"email": "zoe@uni.example"})]


def test_canvas(tmp_path):
    ana, bo = roster(tmp_path, CANVAS).people
    assert ana == Person("4711", "Ek, Ana", "A", {"sis": "4711", "login": "ana1", "canvas": "501"})
    assert bo.section == "B"


@pytest.mark.parametrize("header", ["ID,Name,Email", "Student,ID,Email", "ID,Vollständiger Name,E-Mail-Adresse"])
def test_an_id_of_a_spreadsheet_is_not_canvas_s(tmp_path, header):
    row = "7,Ana Ek,ana@uni.example" if header.startswith("ID") else "Ana Ek,7,ana@uni.example"
    assert roster(tmp_path, f"{header}\n{row}\n").people == [
        Person("ana@uni.example", "Ana Ek", ids={"email": "ana@uni.example"})
    ]
    numbered = header.rpartition(",")[0]
    assert roster(tmp_path, f"{numbered}\n{row.rpartition(',')[0]}\n").people == [Person("7", "Ana Ek")]


def test_a_german_worksheet_has_participants_under_id(tmp_path):
    text = "ID,Vollständiger Name,E-Mail-Adresse\nTeilnehmer/in101,Ana Ek,ana@uni.example\n"
    assert roster(tmp_path, text).people[0].ids == {"email": "ana@uni.example", "participant": "101"}


def test_canvas_without_logins_is_known_by_its_row_of_possible_points(tmp_path):
    text = 'Student,ID,Section,conv (12)\n,,,Manual Posting\n    Points Possible,,,20\n"Ek, Ana",501,A,\n'
    assert roster(tmp_path, text).people == [Person("501", "Ek, Ana", "A", {"canvas": "501"})]


@pytest.mark.parametrize("text, key", [(MOODLE, "ana@uni.example"), (PLAIN, "ana@uni.example")])
def test_moodle_and_plain(tmp_path, text, key):
    people = roster(tmp_path, text).people
    assert people[0].name == "Ana Ek"
    assert key in people[0].ids.values()
    assert len(people) == 2


@pytest.mark.parametrize("text, said", [("", "empty"), ("a,b\n1,2\n", "no column"), ("email\nx@y\n", None)])
def test_files_that_are_no_rosters(tmp_path, text, said):
    if said is None:
        assert len(roster(tmp_path, text).people) == 1
        return
    with pytest.raises(GraderError, match=said):
        roster(tmp_path, text)


def test_twice_with_different_data(tmp_path):
    with pytest.raises(IntakeError, match="twice"):
        roster(tmp_path, "key,name\n1,Ana\n1,Bo\n")


@pytest.mark.parametrize("file", ["ana1.py", "Ana Ek.py", "Ek_Ana.py", "ek-ana_conv.py", "4711.py", "ANA.EK.py"])
def test_a_file_is_named_as_people_do(tmp_path, file):
    _, people = taken_in(folder(tmp_path / "export", {file: RIGHT}), roster(tmp_path, CANVAS))
    assert set(people) == {"4711"}


def test_an_id_speaks_before_a_name(tmp_path):
    _, people = taken_in(folder(tmp_path / "e", {"wrongname_501_9_my_conv.py": RIGHT}), roster(tmp_path, CANVAS))
    assert set(people) == {"4711"}


def test_missing_unknown_and_unclear(tmp_path):
    twins = "key,name\n1,Ana Ek\n2,Ana Ek\n3,Bo Li\n"
    intake, people = taken_in(
        folder(tmp_path / "export", {"Ana Ek.py": RIGHT, "cy.py": RIGHT}), roster(tmp_path, twins)
    )
    assert found(intake, Kind.AMBIGUOUS) == ["Ana Ek"]
    assert found(intake, Kind.NOT_IN_ROSTER) == ["cy"]
    assert "3" in found(intake, Kind.MISSING)
    assert set(people) == {"Ana Ek", "cy"}
