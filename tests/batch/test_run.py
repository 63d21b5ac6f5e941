"""Jobs that are lost, errors of ours and interruptions: kept apart from the students' errors, nothing counted twice."""

from __future__ import annotations

from concurrent.futures import CancelledError
from dataclasses import replace

import pytest

from grader.batch import jobs, ledger, work
from grader.batch.executor import FarmError
from grader.batch.intake import read
from grader.batch.jobs import IN_A_ROW, TRIES
from grader.batch.local import WorkerLost
from grader.batch.prepare import Wanted
from grader.batch.problems import Kind
from grader.batch.run import Batch, BatchPlan
from grader.gradebook import Gradebook, Person
from grader.gradebook.tables import Incident
from grader.sandbox.order import IsolationError
from tests.batch.makers import POOLING, RIGHT, a_class, farm, folder, variant
from tests.gradebook.makers import result


def sound(unit, options):
    """A grading as it should be."""
    return work.Outcome(result(20.0, 20.0, exercise=unit.exercise), {}, {}, "edition")


def failing(who, times, error):
    """The first gradings of one student fail."""
    left = [times]

    def grade(unit, options):
        if unit.people[0].key == who and left[0]:
            left[0] -= 1
            raise error
        return sound(unit, options)

    return grade


@pytest.fixture
def book(tmp_path):
    with Gradebook.open(tmp_path / "book.sqlite") as made:
        yield made


def batch(tmp_path, book, grade, count=10, check=lambda: None) -> Batch:
    path = tmp_path / "class"
    intake = read(path if path.exists() else a_class(path, count))
    plan = BatchPlan("week 1", "batch 7", work.GradingOptions(7), Wanted("receptive_field"))
    return Batch(intake, book, plan, farm(grade, check), ensure=ledger.Items(book, "week 1").ensure)


def incidents(book):
    with book.reading() as session:
        return [(i.student, i.message) for i in session.query(Incident)]


@pytest.mark.parametrize("error", [WorkerLost("it died"), CancelledError(), OSError("no memory")])
def test_a_lost_job_is_tried_again(tmp_path, book, error):
    made = batch(tmp_path, book, failing("s003", TRIES - 1, error))
    made.run()
    assert (made.counts.graded, made.counts.again, made.counts.failed) == (10, TRIES - 1, 0)
    assert incidents(book) == []


def test_one_that_kills_its_process_every_time_is_reported_and_the_others_are_graded(tmp_path, book):
    made = batch(tmp_path, book, failing("s003", -1, WorkerLost("it died")))
    made.run()
    assert (made.counts.graded, made.counts.failed, made.finished) == (9, 1, 10)
    assert [p.student for p in made.problems if p.kind == Kind.OURS] == ["s003"]
    assert incidents(book) == [("s003", f"tried {TRIES} times: it died")]
    assert "s003" not in {key for key, *_ in book.done("week 1", "batch 7")}
    again = batch(tmp_path, book, sound)
    again.run()
    assert (again.counts.graded, again.counts.known) == (1, 9)


def test_an_error_of_ours_that_stays_costs_no_points(tmp_path, book):
    def grade(unit, options):
        broken = unit.people[0].key == "s003"
        return work.Outcome(result(10.0, 10.0, exercise=unit.exercise, broken=broken), {}, {}, "edition")

    made = batch(tmp_path, book, grade)
    made.run()
    assert (made.counts.graded, made.counts.failed, made.counts.again) == (10, 1, TRIES - 1)
    assert incidents(book) == [("s003", "it broke")]


def test_when_all_jobs_are_lost_it_is_not_the_submissions(tmp_path, book):
    def grade(unit, options):
        raise WorkerLost("it died")

    made = batch(tmp_path, book, grade, count=40)
    with pytest.raises(FarmError, match=f"{IN_A_ROW} jobs in a row"):
        made.run()
    assert made.counts.graded == 0


def test_isolation_that_is_missing_ends_the_batch(tmp_path, book):
    def grade(unit, options):
        raise IsolationError("'capped' is required")

    with pytest.raises(IsolationError):
        batch(tmp_path, book, grade).run()
    assert incidents(book) == []


def test_interrupted_anywhere_it_goes_on(tmp_path, book, monkeypatch):
    monkeypatch.setattr(jobs, "GROUP", 1)
    for moment in (1, 1):

        def step(made, moment=moment):
            if made.counts.graded >= moment:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            batch(tmp_path, book, sound).run(step)
    last = batch(tmp_path, book, sound)
    last.run()
    assert last.counts.known + last.counts.graded == 10
    assert len(book.done("week 1", "batch 7")) == 10
    assert last.total == last.finished == 10


def test_what_waits_for_its_commit_is_kept_when_somebody_interrupts(tmp_path, book, monkeypatch):
    monkeypatch.setattr(jobs, "AT_MOST", 1e6)

    def step(made):
        assert made.counts.graded == 0  # told of only when it is kept
        if made._uncommitted:
            raise KeyboardInterrupt

    made = batch(tmp_path, book, sound)
    with pytest.raises(KeyboardInterrupt):
        made.run(step)
    assert made.counts.graded == len(book.done("week 1", "batch 7")) > 0


def a_group(path, book) -> Batch:
    """What three have handed in together, what one of them has instead, and what one has beside it."""
    three = tuple(Person(key) for key in ("ana", "bo", "cy"))
    intake = read(folder(path, {"team.py": RIGHT, "bo.py": variant(1), "cy.py": POOLING}))
    intake.owned = [(e, replace(owned, people=three) if e.name == "team.py" else owned) for e, owned in intake.owned]
    plan = BatchPlan("week 1", "batch 7", work.GradingOptions(7), Wanted())
    return Batch(intake, book, plan, farm(sound), ensure=ledger.Items(book, "week 1").ensure)


def test_a_group_counts_for_every_member_without_work_of_their_own(tmp_path, book):
    made = a_group(tmp_path / "class", book)
    made.run()
    of = {(s.student, s.exercise): s.digest for s in book.stored("week 1")}
    assert sorted(of) == [("ana", "conv"), ("bo", "conv"), ("cy", "conv"), ("cy", "pooling")]
    assert of["ana", "conv"] == of["cy", "conv"] != of["bo", "conv"]
    assert [(p.where, p.text) for p in made.problems if p.kind is Kind.OWN] == [("ana, bo, cy: conv", "not for bo")]
    assert (made.total, made.finished, made.counts.graded) == (3, 3, 3)
    again = a_group(tmp_path / "class", book)
    again.run()
    assert (again.counts.graded, again.counts.known) == (0, 3)


def test_an_exercise_that_somebody_hands_in_is_told_of_where_there_were_others(book):
    first = ledger.Items(book, "week 1")
    for slug in ("conv", "pooling"):
        first.ensure(slug)
    assert first.problems() == []
    later = ledger.Items(book, "week 1")
    for slug in ("conv", "loss"):
        later.ensure(slug)
    assert [(p.kind, p.where) for p in later.problems()] == [(Kind.ADDED, "loss")]
