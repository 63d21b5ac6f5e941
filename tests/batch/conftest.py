"""A class that was graded without any interruption: what all others are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batch.makers import a_class, batch, run, snapshot
from tests.gradebook.conftest import postgresql, server

__all__ = ["postgresql", "server"]
COUNT = 16


@dataclass(frozen=True)
class Uninterrupted:
    """The folder, the gradebook and what the command said."""

    path: Path
    where: Path
    snapshot: list[tuple[str, ...]]
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def graded(tmp_path_factory) -> Uninterrupted:
    """A class of COUNT students, inputs of seed 7."""
    here = tmp_path_factory.mktemp("uninterrupted")
    path, where = a_class(here / "week1", COUNT), here / "book.sqlite"
    done = run(batch(path, where, "--seed", "7"))
    return Uninterrupted(path, where, snapshot(where), done.stdout, done.stderr)
