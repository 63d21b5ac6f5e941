"""A server in this process, a browser's client of it that is signed in, and one that runs for real."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from grader.batch.executor import Farm
from grader.gradebook.tries import KeptTries
from grader.practice.place import HOME
from grader.web.app import make_app
from grader.web.grading import Desk, GradingNeeds
from grader.web.people import Learner
from grader.web.pool import GradingPool
from grader.web.state import PORT, ServerState

ADA = Learner("ada", "Ada")
ORIGIN = f"http://127.0.0.1:{PORT}"


class IdleExecutor:
    """Takes jobs and does none."""

    def __init__(self) -> None:
        self.jobs: list[Future[Any]] = []

    def submit(self, *_: Any) -> Future[Any]:
        """A job that waits for good."""
        self.jobs.append(Future())
        return self.jobs[-1]

    def close(self) -> None:
        """Nobody waits for them any more."""
        for job in self.jobs:
            job.cancel()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's learners are remembered."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def state(home: Path) -> Iterator[ServerState]:
    """A server for Ada, whose pool takes work and never does it."""
    idle = IdleExecutor()
    made = server_state(home, Farm(idle, lambda *_: None, lambda: 1))  # type: ignore[arg-type]
    yield made
    idle.close()
    made.desk.tries.close()


@functools.cache
def empty_tries() -> bytes:
    """A database without rows: to make its tables takes a second."""
    with tempfile.TemporaryDirectory() as folder:
        KeptTries.open(Path(folder) / "tries.sqlite").close()
        return (Path(folder) / "tries.sqlite").read_bytes()


def server_state(home: Path, farm: Farm, **more: Any) -> ServerState:
    """A server for Ada, whose work is graded there."""
    home.mkdir(exist_ok=True)
    (home / "tries.sqlite").write_bytes(empty_tries())
    desk = Desk(GradingPool(farm), KeptTries.open(home / "tries.sqlite"), GradingNeeds(), ADA.key)
    return ServerState({ADA.key: ADA}, b"k" * 32, home, desk, **more)


@pytest.fixture
def stranger(state: ServerState) -> Iterator[TestClient]:
    """A browser that is not signed in."""
    with TestClient(make_app(state), base_url=ORIGIN, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(state: ServerState, stranger: TestClient) -> TestClient:
    """Ada's browser, signed in with her link."""
    assert stranger.get("/enter", params={"token": state.invited(ADA)}).status_code == 303
    return stranger


def csrf(client: TestClient, path: str = "/work") -> str:
    """The token of the forms on a page."""
    found = re.search(r'<meta name="csrf" content="(\w+)">', client.get(path).text)
    assert found
    return found[1]


@dataclass(frozen=True)
class Served:
    """`grade serve` as a process of its own: the link that it printed, the folder that it watches."""

    process: subprocess.Popen[str]
    link: str
    folder: Path

    @property
    def address(self) -> str:
        """Where its pages are."""
        return self.link.partition("/enter")[0]


@contextlib.contextmanager
def serving(tmp_path: Path, *options: str) -> Iterator[Served]:
    """Start it, and end it as Ctrl-C does."""
    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "grader", "serve", "--no-open", "--watch", str(folder), *options]
    environment = os.environ | {HOME: str(tmp_path / "home")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        link = next(line.strip() for line in process.stdout if "/enter?token=" in line)
        yield Served(process, link, folder)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
