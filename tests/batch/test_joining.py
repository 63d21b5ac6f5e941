"""Who is on a roster that comes later joins what was handed in before; what a person answers is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.batch import ledger
from grader.batch.intake import read
from grader.batch.problems import Kind
from grader.batch.roster import ClassNames, Roster, read_who
from grader.errors import GraderError
from grader.gradebook import Gradebook, Person
from tests.batch.makers import GROUPS, RIGHT, folder, found, in_moodle, roster


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
