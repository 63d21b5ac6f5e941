"""A class that was graded without any interruption: what all others are compared with."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batch.makers import a_class, batch, run, snapshot
from tests.gradebook.conftest import postgresql, server

__all__ = ["postgresql", "server"]
EXERCISE, COUNT = "receptive_field", 16


@dataclass(frozen=True)
class Uninterrupted:
    """The folder, the gradebook, what the command said and how long it took."""

    path: Path
    where: Path
    snapshot: list[tuple[str, ...]]
    stdout: str
    stderr: str
    seconds: float

    def batch(self, where: str | Path, *options: str) -> list[str]:
        """The command line that grades the same class."""
        return batch(self.path, where, *options, exercise=EXERCISE)


@pytest.fixture(scope="session")
def graded(tmp_path_factory) -> Uninterrupted:
    """A class of COUNT students, inputs of seed 7."""
    here = tmp_path_factory.mktemp("uninterrupted")
    path, where = a_class(here / "week1", COUNT), here / "book.sqlite"
    started = time.monotonic()
    done = run(batch(path, where, "--seed", "7", exercise=EXERCISE))
    seconds = time.monotonic() - started
    return Uninterrupted(path, where, snapshot(where), done.stdout, done.stderr, seconds)
