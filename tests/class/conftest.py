"""A class in a gradebook, as the grader records it, without running it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from grader.exercise import EXERCISES
from grader.gradebook import Gradebook, Person, Plan, Work
from grader.model.findings import NotReadable
from tests.gradebook.makers import graded

HOSTILE = "<script>alert(1)</script> =1+1 \u202e&amp;"
CODE = sorted((EXERCISES / "conv" / "right").glob("*.py"))[0].read_text()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    """An empty assignment `week 1` of one exercise."""
    with Gradebook.open(tmp_path / "book.sqlite") as found:
        found.plan(Plan("week 1", {"conv": Decimal(10)}))
        yield found


def fill(book: Gradebook, count: int, *, points: float | None = None) -> None:
    """So many students; every fifth has full marks, the others have the misconception. s0 is called something vile."""
    book.enrol([Person(f"s{i:03}", HOSTILE if i == 0 else f"Student {i}", ids={"sis": f"{i}"}) for i in range(count)])
    for i in range(count):
        own = 10.0 if i % 5 == 4 else float(i % 10)
        work = Work({"my_conv.py": f"{CODE}\n# {i}\n".encode()}, "my_conv.py")
        book.record(graded(f"s{i:03}", own if points is None else points, work=work))


def recorded_error(book: Gradebook, who: str, error: str) -> None:
    """A file that could not be loaded."""
    found = graded(who, 0.0, work=Work({}, "", error))
    book.record(replace(found, result=replace(found.result, unloaded=NotReadable(text=error) if error else None)))
