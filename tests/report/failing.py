"""Checks that a submission fails, made of two sources, and what is written of them."""

from __future__ import annotations

import contextlib
from types import ModuleType

from grader.checks.backend import LocalBackend
from grader.checks.log import Entry
from grader.checks.subject import Stop, Subject
from grader.judge.findings import finding
from grader.model import CheckResult, Verdict
from grader.report.evidence import Evidence
from grader.report.evidence import evidence as evidence_of
from grader.report.message import message
from grader.sandbox.inside.interpreter import Interpreter

REFERENCE = """
import numpy as np
class Layer:
    def forward(self, x, scale=1): return scale * x
def double(x, **options): return 2 * np.asarray(x, dtype=float)
def spoil(x, times=1): return np.zeros(3)
def shapes(sizes): return [(3, 4, 4), (8, 2, 2)]
def call(f, x): return 1.0
"""


def module(source: str) -> ModuleType:
    """A module with this source."""
    made = ModuleType("made")
    exec(source, made.__dict__)
    return made


def failed(source: str, ask, framework: str = "numpy") -> Entry:
    """What a check that asks this finds wrong with a submission: this source on top of the reference's."""
    ours, theirs = (Interpreter({"submission": module(s)}) for s in (REFERENCE, REFERENCE + source))
    made = Subject(ours, LocalBackend(theirs), framework=framework)
    ask(made)
    with contextlib.suppress(Stop):
        made.settle()
    assert made.log.first_failure is not None
    return made.log.first_failure


def check(entry: Entry) -> CheckResult:
    """The check that it failed."""
    return CheckResult("one", "One", Verdict.WRONG_ANSWER, 0.0, 1.0, (finding(entry),))


def failure_message(entry: Entry) -> str:
    """What is said of it."""
    return message(check(entry))


def evidence(entry: Entry) -> Evidence:
    """The same as data."""
    return evidence_of(check(entry))


def call_text(entry: Entry) -> str:
    """The call as it is written."""
    return failure_message(entry).split("\n")[0]


def lines(entry: Entry) -> str:
    """The values in full, expected and actual."""
    _, found, rest = failure_message(entry).partition("\nexpected ")
    return (found + rest).lstrip("\n")
