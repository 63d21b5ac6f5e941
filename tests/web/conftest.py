"""A server in this process, a browser's client of it that is signed in, and one that runs for real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future
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

    def submit(self, *_: Any) -> Future[Any]:
        """A job that waits for good."""
        return Future()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's learners are remembered."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def state(home: Path) -> ServerState:
    """A server for Ada, whose pool takes work and never does it."""
    farm = Farm(IdleExecutor(), lambda *_: None, lambda: 1)  # type: ignore[arg-type]
    return server_state(home, farm)


def server_state(home: Path, farm: Farm, **more: Any) -> ServerState:
    """A server for Ada, whose work is graded there."""
    home.mkdir(exist_ok=True)
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
