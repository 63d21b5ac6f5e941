"""The gradebook: who handed in what, what it was graded as, and what counts.

Several processes may write to one gradebook; each opens it for itself (never across a fork).

    from grader.gradebook import Gradebook, Graded, Person, Plan, Work

    with Gradebook.open("gradebook.sqlite") as book:                # or postgresql://user@host/name
        book.plan(Plan("week 1", {"conv": Decimal(20)}, deadline=…, late=LateRule(…), keep="best"))
        book.enrol([Person("anna@uni.example", "Anna Ek", ids={"sis": "4711", "canvas": "12"})])   # optional
        done = book.done("week 1", run)                             # on resume: skip what is in it
        work = Work.of(submission)                                  # (student, "conv", work.digest, label) in done?
        book.record(Graded("week 1", "anna@uni.example", work, result, run, HandedIn(at), label="2"))
        book.incident("week 1", "anna@uni.example", "conv", run, "the worker was killed twice")
        for mark in book.marks("week 1"): …                         # what counts

`run` names one run of the grader over the class, such as "batch seed 7"; a resumed run has the same name. `record` is
one transaction and idempotent: the same (assignment, student, exercise, work, label) is kept once in a run, however
often it is delivered. Recording a grading enrols the student. Another run over the same work adds a
grading: the newest counts, none is ever removed. `label` tells apart the same bytes handed in twice (an LMS's attempt
number).

Reports query the tables (`tables.py`) in `with book.reading() as session`; `Mark.grading` is the row that counts.
All errors are GradebookError, with a message that can be shown as it is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .records import Allowance, GradebookError, Graded, HandedIn, LateRule, Person, Plan, Work, environment

if TYPE_CHECKING:
    from .book import Gradebook
    from .marks import Mark

__all__ = [
    "Allowance",
    "Gradebook",
    "GradebookError",
    "Graded",
    "HandedIn",
    "LateRule",
    "Mark",
    "Person",
    "Plan",
    "Work",
    "environment",
]

_DATABASE = {"Gradebook": ".book", "Mark": ".marks"}


def __getattr__(name: str) -> Any:
    """Import what needs the database's library when it is first used: processes that grade never use it."""
    if name not in _DATABASE:
        raise AttributeError(name)
    return getattr(import_module(_DATABASE[name], __name__), name)
