"""Whose the hand-ins of real downloads are: joined by ids, by a name that one student alone has, and else asked."""

from __future__ import annotations

import pytest

from grader.batch.problems import Kind
from grader.batch.sources import IntakeError
from grader.batch.who import How, Member, Members
from grader.gradebook import Person
from tests.batch.makers import GROUPS, RIGHT, folder, found, in_moodle, roster, taken_in

WORKSHEET = (  # of Moodle's assignment: "Download grading worksheet"
    'Identifier,"Full name","ID number","Email address",Status,Group,Grade\n'
    '"Participant 101","Ana Ek",4711,ana@uni.example,"Submitted for grading","Group A",-\n'
    '"Participant 102","Ana Ek",4712,ana2@uni.example,"Submitted for grading","Group A",-\n'
    '"Participant 103","Bo Li",4713,bo@uni.example,"No submission","Group-B",-\n'
)
CLASSROOM = "identifier,github_username,github_id,name\n4711,ana-ek,1,Ana Ek\n4712,ek,2,Bo Ek\n4713,,,Cy Yu\n"
GRADES = (  # of GitHub Classroom: "Download grades"
    "assignment_name,github_username,roster_identifier,student_repository_name\n"
    "week 1,ana-ek,4711,week-1-team-one\nweek 1,ek,4712,week-1-team-one\n"
)


# ---------------------------------------------------------------- real downloads


def test_moodles_worksheet_tells_namesakes_in_groups_apart(tmp_path):
    files = in_moodle("Group A-Ana Ek_101", "Group A-Ana Ek_102", "Group-B-Bo Li_103")
    intake, people = taken_in(folder(tmp_path / "e", files), roster(tmp_path, WORKSHEET))
    assert set(people) == {"ana@uni.example", "ana2@uni.example", "bo@uni.example"}
    assert intake.problems == []


def test_moodles_worksheet_in_german(tmp_path):
    text = "ID;Vollständiger Name;E-Mail-Adresse;Gruppe\nTeilnehmer/in 101;Ana Ek;a@u.example;\n"
    names = roster(tmp_path, text + "Teilnehmer/in 102;Ana Ek;b@u.example;Rot\n")
    assert names.people[0].ids == {"email": "a@u.example", "participant": "101"}
    intake, people = taken_in(folder(tmp_path / "e", in_moodle("Ana Ek_101", "Rot_7")), names)
    assert (set(people), intake.problems[0].where) == ({"a@u.example", "b@u.example"}, "Rot")


def test_moodles_groups_count_for_every_member_whatever_their_numbers(tmp_path):
    files = in_moodle("Group A_103", "Group-B_9", "Default group")  # 103 is the group's, and a participant's, too
    intake, people = taken_in(folder(tmp_path / "e", files), roster(tmp_path, WORKSHEET))
    assert set(people) == {"ana@uni.example, ana2@uni.example", "bo@uni.example", "Default group"}
    assert found(intake, Kind.NOT_IN_ROSTER) == ["Default group"]
    assert found(intake, Kind.MISSING) == []


def test_a_number_is_not_believed_where_the_name_is_anothers(tmp_path):
    intake, people = taken_in(folder(tmp_path / "e", in_moodle("Team X_103")), roster(tmp_path, WORKSHEET))
    assert set(people) == {"Team X"}
    assert found(intake, Kind.NOT_IN_ROSTER) == ["Team X"]


def test_moodles_blind_marking_with_the_worksheet(tmp_path):
    files = in_moodle("Participant_101", "Participant_103")
    _, people = taken_in(folder(tmp_path / "e", files), roster(tmp_path, WORKSHEET))
    assert set(people) == {"ana@uni.example", "bo@uni.example"}
    _, people = taken_in(folder(tmp_path / "one", in_moodle("Participant_101")))
    assert set(people) == {"Participant_101"}


@pytest.mark.parametrize("word", ["Participant", "Group A-Participant", "Teilnehmerin"])
def test_a_name_that_a_platform_made_up_is_like_nobody_s(word):
    ana, bo = (Member(Person(f"{word}_10{n}", word), frozenset([word]), frozenset([f"{word}_10{n}"])) for n in (1, 2))
    cy = Member(Person("cy", "Cy Yu"), frozenset(["Cy Yu"]), frozenset(["cy", "anonymous_a1b2c"]))
    course = Members([ana, bo, cy])
    again = course.find(Person(f"{word}_101", word))
    assert (again.how, [m.key for m in again.members], again.text) == (How.SURE, [f"{word}_101"], "")
    assert course.find(Person(f"{word}_103", word)).how is How.NOBODY
    assert course.find(Person("anonymous_a1b2d")).how is How.NOBODY
    assert course.find(Person("anonymous_a1b2c")).members == (cy,)


def test_moodles_groups_without_the_worksheet_are_asked(tmp_path):
    path = folder(tmp_path / "e", in_moodle("Group A-Bo Li_103"))
    names = roster(tmp_path, "name,email\nBo Li,bo@uni.example\nLi A,a@uni.example\n")
    intake, people = taken_in(path, names)
    assert (set(people), found(intake, Kind.AMBIGUOUS)) == ({"Group A-Bo Li"}, ["Group A-Bo Li"])
    assert any("unless Group A-Bo Li is theirs" in p.text for p in intake.problems if p.kind is Kind.MISSING)
    _, people = taken_in(path, names, lambda who, members: members[0])
    assert set(people) == {"bo@uni.example"}


def test_moodles_namesakes_are_not_one_student(tmp_path):
    names = roster(tmp_path, "name,email\nAna Ek,ana@uni.example\nBo Li,bo@uni.example\n")
    intake, people = taken_in(folder(tmp_path / "e", in_moodle("Ana Ek_101", "Ana Ek_102")), names)
    assert set(people) == {"Ana Ek_101", "Ana Ek_102"}
    assert found(intake, Kind.AMBIGUOUS) == ["Ana Ek_101", "Ana Ek_102"]


def test_canvas_groups_count_for_every_member(tmp_path):
    files = {"groupone_501_9001_my_conv.py": RIGHT, "yucy_LATE_503_9002_my_conv.py": RIGHT}
    intake, people = taken_in(folder(tmp_path / "e", files), roster(tmp_path, GROUPS))
    assert set(people) == {"4711, 4712", "4713"}
    assert found(intake, Kind.JOINED) == ["groupone_501"]
    assert found(intake, Kind.MISSING) == []


def test_a_canvas_number_that_is_another_students_than_the_name_is_told_of(tmp_path):
    intake, people = taken_in(folder(tmp_path / "e", {"libo_501_9_my_conv.py": RIGHT}), roster(tmp_path, GROUPS))
    assert (set(people), found(intake, Kind.AMBIGUOUS)) == ({"4711"}, ["libo_501"])


def test_a_canvas_group_that_no_roster_has_is_told_of(tmp_path):
    intake, people = taken_in(folder(tmp_path / "e", {"grouptwo_501_9_my_conv.py": RIGHT}), roster(tmp_path, GROUPS))
    assert set(people) == {"4711"}
    assert found(intake, Kind.AMBIGUOUS) == ["grouptwo_501"]


@pytest.mark.parametrize("file", ["anon_a1b2c_9_x.py", "LATE_anon_a1b2c_9_x.py", "anonymous_a1b2c_9_x.py"])
def test_canvas_anonymous_is_nobody_of_the_roster(tmp_path, file):
    intake, people = taken_in(folder(tmp_path / "e", {file: RIGHT}), roster(tmp_path, GROUPS))
    assert intake.platform == "Canvas"
    assert people["anonymous_a1b2c"].people == (Person("anonymous_a1b2c"),)
    assert found(intake, Kind.NOT_IN_ROSTER) == ["anonymous_a1b2c"]


def test_github_classrooms_roster_and_its_repositories(tmp_path):
    files = {"week-1-ana-ek/conv.py": RIGHT, "week-1-ek/conv.py": RIGHT}
    intake, people = taken_in(folder(tmp_path / "e", files), roster(tmp_path, CLASSROOM))
    assert set(people) == {"4711", "4712"}
    assert found(intake, Kind.MISSING) == ["4713"]


def test_a_repository_that_two_accounts_may_have_is_asked(tmp_path):
    path = folder(tmp_path / "e", {"week-1-ana-ek/my.py": RIGHT, "week-1-ana-ek/conv.py": RIGHT})
    intake, people = taken_in(path, roster(tmp_path, CLASSROOM))
    assert (set(people), found(intake, Kind.AMBIGUOUS)) == ({"week-1-ana-ek"}, ["week-1-ana-ek"])


def test_github_classrooms_grades_name_the_repositories_of_groups(tmp_path):
    path = folder(tmp_path / "e", {"week-1-team-one/conv.py": RIGHT})
    _, people = taken_in(path, roster(tmp_path, GRADES))
    assert set(people) == {"4711, 4712"}


def test_a_roster_has_a_column_for_groups(tmp_path):
    names = roster(tmp_path, "student id,name,team\n1,Ana Ek,Red\n2,Bo Li,red\n3,Cy Yu,Red\n")
    _, people = taken_in(folder(tmp_path / "e", {"Red_conv.py": RIGHT, "bo li.py": RIGHT}), names)
    assert set(people) == {"1, 2, 3", "2"}


def test_namesakes_without_an_id_are_refused(tmp_path):
    with pytest.raises(IntakeError, match="'Ana Ek' is there twice; a column with ids"):
        roster(tmp_path, "name\nAna Ek\nBo Li\nAna Ek\n")


@pytest.mark.parametrize("files", [{"Ana Ek/conv.py": RIGHT}, {"Ana Ek/my_conv.py": RIGHT, "Ana Ek/sub/x.py": b""}])
def test_a_class_of_one(tmp_path, files):
    _, people = taken_in(folder(tmp_path / "e", files), roster(tmp_path, "student id,name\n1,Ek Ana\n"))
    assert set(people) == {"1"}


def test_a_file_named_after_an_exercise_is_nobodys(tmp_path):
    intake, people = taken_in(folder(tmp_path / "e", {"my_conv.py": RIGHT, "ana.py": RIGHT}))
    assert set(people) == {"my_conv", "ana"}
    assert found(intake, Kind.AMBIGUOUS) == ["my_conv.py"]


def test_nobody_is_asked_of_who_has_handed_in(tmp_path):
    asked = []
    names = roster(tmp_path, "student id,name\n1,Alexander Berg\n2,Alexandra Berg\n")
    files = {"Alexander Berg.py": RIGHT, "Alexandr Berg.py": RIGHT, "Zoe.py": RIGHT}
    taken_in(
        folder(tmp_path / "e", files), names, lambda who, members: asked.append((who.key, [m.key for m in members]))
    )
    assert asked == [("Alexandr Berg", ["2"])]
