"""Students and their ids in other systems: found by any of them, and none belongs to two."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from grader.gradebook import GradebookError, Person, enrolment
from grader.gradebook.tables import Student
from tests.gradebook.makers import count


def test_students_are_found_by_any_of_their_ids(book):
    book.enrol(
        [Person("anna", "Anna Ek", "B", {"email": "a@uni.example", "sis": "4711"}), Person("ben", ids={"sis": "9"})]
    )
    assert [book.find_student(who) for who in ("anna", "a@uni.example", "4711", "9")] == ["anna", "anna", "anna", "ben"]
    book.enrol([Person("anna", ids={"email": "new@uni.example"})])
    assert book.find_student("new@uni.example") == "anna"
    with book.reading() as session:
        assert [(s.key, s.name, s.section, s.ids) for s in session.scalars(select(Student))] == [
            ("anna", "Anna Ek", "B", {"email": "new@uni.example", "sis": "4711"}),
            ("ben", "", "", {"sis": "9"}),
        ]
    with pytest.raises(GradebookError, match="no student 'a@uni"):
        book.find_student("a@uni.example")
    with pytest.raises(GradebookError, match=r"'Anna Ek' is a name.*: anna"):
        book.find_student("Anna Ek")


def test_an_id_that_a_student_gives_up_is_free_for_the_next(book):
    book.enrol([Person("anna", ids={"sis": "1"}), Person("ben", ids={"sis": "2"})])
    book.enrol([Person("anna", ids={"sis": "3"}), Person("ben", ids={"sis": "1"})])
    assert [book.find_student(who) for who in ("1", "3")] == ["ben", "anna"]
    with pytest.raises(GradebookError, match="sis '1' belongs to 'ben'"):
        book.enrol([Person("anna", ids={"sis": "1"})])


def test_many_are_enrolled_at_once(book, monkeypatch):
    monkeypatch.setattr(enrolment, "MOST_IN_A_QUERY", 3)
    people = [Person(f"s{i}", ids={"sis": f"{i}"}) for i in range(9)]
    book.enrol(people)
    book.enrol(people[:2])
    assert count(book, Student) == 9
    with pytest.raises(GradebookError, match="sis '8' belongs to 's8'"):
        book.enrol([Person(f"t{i}", ids={"sis": f"{i}"}) for i in (20, 21, 22, 8)])


def test_two_students_with_one_id_are_refused_and_nobody_is_half_enrolled(book):
    with pytest.raises(GradebookError, match="sis '1' belongs to 'anna'"):
        book.enrol([Person("anna", ids={"sis": "1"}), Person("ben", ids={"sis": "1"})])
    assert count(book, Student) == 0


def test_an_id_that_several_have_in_different_systems_is_ambiguous(book):
    book.enrol([Person("anna", ids={"sis": "1"}), Person("ben", ids={"canvas": "1"})])
    with pytest.raises(GradebookError, match="may be anna, ben"):
        book.find_student("1")
