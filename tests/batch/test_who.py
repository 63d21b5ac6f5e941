"""Whose the hand-ins of real downloads are: joined by ids, by a name that one student alone has, and else asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.batch import ledger
from grader.batch.intake import read
from grader.batch.problems import Kind
from grader.batch.roster import ClassNames, Roster, read_roster, read_who
from grader.batch.sources import IntakeError
from grader.errors import GraderError
from grader.gradebook import Gradebook, Person
from tests.batch.makers import RIGHT, folder, found, taken_in

WORKSHEET = (  # of Moodle's assignment: "Download grading worksheet"
    'Identifier,"Full name","ID number","Email address",Status,Group,Grade\n'
    '"Participant 101","Ana Ek",4711,ana@uni.example,"Submitted for grading","Group A",-\n'
    '"Participant 102","Ana Ek",4712,ana2@uni.example,"Submitted for grading","Group A",-\n'
    '"Participant 103","Bo Li",4713,bo@uni.example,"No submission","Group-B",-\n'
)
GROUPS = (  # of Canvas: "Export group category"
    "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id\n"
    '"Ek, Ana",501,4711,ana1,A,Group One,7,\n"Li, Bo",502,4712,bo2,A,Group One,7,\n"Yu, Cy",503,4713,cy3,B,,,\n'
)
CLASSROOM = "identifier,github_username,github_id,name\n4711,ana-ek,1,Ana Ek\n4712,ek,2,Bo Ek\n4713,,,Cy Yu\n"
GRADES = (  # of GitHub Classroom: "Download grades"
    "assignment_name,github_username,roster_identifier,student_repository_name\n"
    "week 1,ana-ek,4711,week-1-team-one\nweek 1,ek,4712,week-1-team-one\n"
)


def roster(tmp_path: Path, text: str) -> Roster:
    path = tmp_path / "class.csv"
    path.write_text(text)
    return read_roster(path)


def in_moodle(*whose: str) -> dict[str, bytes]:
    return {f"{who}_assignsubmission_file_/my_conv.py": RIGHT for who in whose}


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


# ---------------------------------------------------------------- the roster comes later


@pytest.fixture
def book(tmp_path):
    with Gradebook.open(tmp_path / "book.sqlite") as made:
        yield made


def batch(book, path: Path, names: Roster | None = None, who=None, ask=lambda *_: None):
    """Who is who, as `grade batch` finds it out, without grading."""
    intake = read(path)
    ledger.identify(book, intake, ClassNames(names, who or {}, "who.csv"), ask, "rao")
    return intake


def everybody(book) -> dict[str, tuple[str, ...]]:
    return {s.key: s.also for s in book.students()}


CLASS = "student id,name\n1,Ana Ek\n2,Jan Müller\n3,Jane Doe\n"


def test_a_roster_that_was_forgotten_joins_what_came_before(tmp_path, book):
    path = folder(tmp_path / "w", in_moodle("Ana Ek_1", "Jan Mueller_2", "Jane Do_3"))
    batch(book, path)
    intake = batch(book, path, roster(tmp_path, CLASS))
    assert everybody(book) == {"1": ("Ana Ek",), "2": ("Jan Mueller",), "3": (), "Jane Do": ()}
    assert found(intake, Kind.MERGED) == ["Ana Ek is Ana Ek (1) now", "Jan Mueller is Jan Müller (2) now"]
    assert [p.where for p in batch(book, path).problems] == []  # the roster is known by now, and asked for no more


def in_canvas(*whose: str) -> dict[str, bytes]:
    return {f"{who}_900{i}_my_conv.py": RIGHT for i, who in enumerate(whose)}


def test_a_roster_without_canvas_numbers_joins_by_name(tmp_path, book):
    path = folder(tmp_path / "w", in_canvas("ekana_501", "guest_502"))
    batch(book, path)
    intake = batch(book, path, roster(tmp_path, CLASS))
    assert found(intake, Kind.MERGED) == ["ekana_501 is Ana Ek (1) now"]
    assert found(intake, Kind.NOT_IN_ROSTER) == ["guest_502"]
    again = batch(book, folder(tmp_path / "v", in_canvas("ekanew_501", "guestnew_502")), roster(tmp_path, CLASS))
    assert [p.key for p in again.people] == ["1", "guest_502"]


def test_one_name_and_two_ids_of_a_kind_are_two_people(tmp_path, book):
    path = folder(tmp_path / "w", in_canvas("ekana_501"))
    batch(book, path)
    intake = batch(book, path, roster(tmp_path, "student,id,sis user id\nAna Ek,777,1\n"))
    assert found(intake, Kind.AMBIGUOUS) == ["ekana_501"]
    assert found(intake, Kind.MERGED) == []


def test_a_group_that_was_taken_for_a_student_is_told_of(tmp_path, book):
    batch(book, folder(tmp_path / "w", {"Red/conv.py": RIGHT, "ana ek/conv.py": RIGHT}))
    names = roster(tmp_path, "student id,name,group\n1,Ana Ek,Red\n2,Bo Li,Red\n")
    intake = batch(book, folder(tmp_path / "v", {"Ana Ek/conv.py": RIGHT, "Red/conv.py": RIGHT}), names)
    assert found(intake, Kind.AMBIGUOUS) == ["Red"]
    book.withdraw("Red", author="rao")
    intake = batch(book, folder(tmp_path / "v", {}), names)
    assert (found(intake, Kind.AMBIGUOUS), {p.key for p in intake.people}) == ([], {"1", "2"})


def test_a_canvas_group_that_was_taken_for_a_student_counts_for_all_later(tmp_path, book):
    path = folder(tmp_path / "w", {"groupone_501_9001_my_conv.py": RIGHT})
    batch(book, path)
    intake = batch(book, path, roster(tmp_path, GROUPS))
    assert {p.ids["sis"] for p in intake.people} == {"4711", "4712"}


def test_who_has_left_and_is_on_no_roster_is_told_of_when_back(tmp_path, book):
    path, names = folder(tmp_path / "w", in_moodle("Zoe Guest_1", "Ana Ek_2")), roster(tmp_path, CLASS)
    batch(book, path, names)
    book.withdraw("Zoe Guest", author="rao")
    intake = batch(book, path, names)
    assert found(intake, Kind.WITHDRAWN) == found(intake, Kind.NOT_IN_ROSTER) == ["Zoe Guest"]
    intake = batch(book, path, roster(tmp_path, CLASS + "4,Zoe Gest\n"))  # who it may be
    assert found(intake, Kind.WITHDRAWN) == found(intake, Kind.AMBIGUOUS) == ["Zoe Guest"]


def test_an_answer_is_remembered(tmp_path, book):
    path, names = folder(tmp_path / "w", in_moodle("Jane Do_3")), roster(tmp_path, CLASS)
    batch(book, path, names, ask=lambda who, members: members[0])
    assert everybody(book)["3"] == ("Jane Do",)
    again = batch(book, path)
    assert ([p.key for p in again.people], again.problems) == (["3"], [])


def test_a_file_says_who_is_who_for_the_whole_course(tmp_path, book):
    (tmp_path / "who.csv").write_text("hand-in,student\nJane Do,3\nsomebody else,1\n")
    path, names = folder(tmp_path / "w", in_moodle("Jane Do_3")), roster(tmp_path, CLASS)
    batch(book, path)
    batch(book, path, names, read_who(tmp_path / "who.csv"))
    assert everybody(book) == {"1": (), "2": (), "3": ("Jane Do",)}


def test_what_was_taken_back_is_asked_and_not_done_again(tmp_path, book):
    path, names = folder(tmp_path / "w", in_moodle("Ana Ek_1")), roster(tmp_path, CLASS)
    batch(book, path)
    batch(book, path, names)
    book.undo(author="rao")
    intake = batch(book, path, names)
    assert everybody(book)["Ana Ek"] == ()
    assert found(intake, Kind.AMBIGUOUS) == ["Ana Ek"]


def test_namesakes_of_earlier_batches_are_not_joined_by_name(tmp_path, book):
    batch(book, folder(tmp_path / "w", in_moodle("Ana Ek_1", "Ana Ek_2")))
    intake = batch(book, folder(tmp_path / "v", in_moodle("Ana Ek_3")), roster(tmp_path, CLASS))
    assert found(intake, Kind.AMBIGUOUS) == ["Ana Ek", "Ana Ek_1", "Ana Ek_2"]
    assert found(intake, Kind.MERGED) == []


def test_a_second_of_that_name_makes_what_was_known_worth_a_look(tmp_path, book):
    path = folder(tmp_path / "w", in_moodle("Ana Ek_1"))
    batch(book, path, roster(tmp_path, CLASS), ask=lambda who, members: members[0])
    batch(book, path, roster(tmp_path, CLASS), who={"Ana Ek": "1"})
    intake = batch(book, path, roster(tmp_path, CLASS + "4,Ana Ek\n"))
    assert [p.key for p in intake.people] == ["1"]
    assert "the same name: Ana Ek (4)" in next(p.text for p in intake.problems if p.kind is Kind.AMBIGUOUS)


@pytest.mark.parametrize("lines", ["b,Ana Old\na,Ana New\n", "a,Ana New\nb,Ana Old\n"])
def test_a_roster_that_still_has_both_changes_no_name(tmp_path, book, lines):
    book.enrol([Person("a", "Ana New"), Person("b", "Ana Old")])
    book.merge("a", "b", author="rao")
    intake = batch(book, folder(tmp_path / "w", in_moodle("Ana Old_1")), roster(tmp_path, "student id,name\n" + lines))
    assert [(s.key, s.name, s.also) for s in book.students()] == [("a", "Ana New", ("b",))]
    assert ([p.key for p in intake.people], found(intake, Kind.MISSING)) == (["a"], [])


def test_who_has_withdrawn_is_not_missed_and_told_of_when_back(tmp_path, book):
    names = roster(tmp_path, CLASS)
    batch(book, folder(tmp_path / "w", in_moodle("Ana Ek_1")), names)
    for key in ("1", "2"):
        book.withdraw(key, author="rao")
    intake = batch(book, folder(tmp_path / "v", in_moodle("Ana Ek_1")), names)
    assert (found(intake, Kind.MISSING), found(intake, Kind.WITHDRAWN)) == (["3"], ["1"])


def test_a_file_under_the_name_before_is_still_theirs(tmp_path, book):
    batch(book, folder(tmp_path / "w", in_moodle("Jan Müller_1")), roster(tmp_path, CLASS))
    book.rename("2", "Jan Schmidt", author="rao")
    intake = batch(book, folder(tmp_path / "u", in_moodle("Jan Mueller_9")))
    assert [p.key for p in intake.people] == ["2"]
    intake = batch(book, folder(tmp_path / "v", in_moodle("Jan Müller_1", "Schmidt Jan_2")))
    assert found(intake, Kind.AMBIGUOUS) == ["Jan Müller", "Schmidt Jan"]  # two people, says Moodle


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "hand-in,student"),
        ("hand-in,student\nJane Do,\n", "only one of"),
        ("hand-in,student\nx,1\nx,2\n", "twice"),
        ("hand-in,student\nx,99\n", "'99' is no student's id"),
        ("hand-in,student\n2,1\n", r"'2' is Jan Müller \(2\) already"),
        ("", "empty"),
    ],
)
def test_answers_that_cannot_be(tmp_path, book, text, said):
    (tmp_path / "who.csv").write_text(text)
    path, names = folder(tmp_path / "w", in_moodle("Jane Do_3")), roster(tmp_path, CLASS)
    with pytest.raises(GraderError, match=said):
        batch(book, path, names, read_who(tmp_path / "who.csv"))
    assert book.students() == []
