"""An exam of every kind of question, and a clock that the test sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generators.blueprint import load_blueprint
from generators.paper import Paper, make_papers
from grader.exam.hall import ExamHall

BLUEPRINT = Path(__file__).with_name("every_kind.toml")


class SetClock:
    """A clock on the wall that goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2027, 2, 6, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **amount: float) -> None:
        self.now += timedelta(**amount)


def paper_of_every_kind(seed: int = 3) -> Paper:
    """Two sections; an MCQ first, then an NAT, then one of each other kind, one with a picture."""
    return make_papers(load_blueprint(str(BLUEPRINT)), seed)[0]


@pytest.fixture(scope="session")
def paper() -> Paper:
    return paper_of_every_kind()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def hall(tmp_path, clock):
    with ExamHall.open(tmp_path / "exams.sqlite") as opened:
        opened.clock = clock
        yield opened
