"""Handing in, the report, the tries and what changed between two; files and names that mean harm."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from grader.batch.farm import open_farm
from grader.exercise import EXERCISES, SOLUTIONS, load_exercise
from grader.gradebook.tries import KeptTries
from grader.practice import history
from grader.web import app as web_app
from grader.web import guard, work
from grader.web.app import make_app
from grader.web.grading import expected
from grader.web.people import Learner
from grader.web.state import ServerState
from tests.web.conftest import ADA, ORIGIN, csrf, server_state

RIGHT = (SOLUTIONS / "conv.py").read_bytes()
WRONG = (EXERCISES / "conv" / "wrong" / "kernel_flipped.py").read_bytes()
HOSTILE = "<img src=x onerror=alert(1)>"


def hand_in(client: TestClient, name: str, data: bytes, path: str = "/work/conv") -> Any:
    return client.post(path, data={"csrf": csrf(client)}, files={"file": (name, data)})


# ---------------------------------------------------------------- without grading


def test_the_exercises_come_in_the_chapters_order(client: TestClient) -> None:
    page = client.get("/work").text
    assert 'Next: <a href="/work/conv">' in page
    assert page.index('/work/conv"') < page.index('/work/padding"') < page.index('/work/pooling"')


def test_the_statement_has_its_figure_and_formulas(client: TestClient) -> None:
    assert "data:image/svg+xml" in client.get("/work/conv").text
    page = client.get("/work/gradcam").text
    assert page.count("<math") >= 10
    assert " style=" not in page


def test_the_starter_is_a_file_to_save(client: TestClient) -> None:
    answer = client.get("/work/conv/starter")
    assert answer.headers["content-disposition"] == 'attachment; filename="my_conv.py"'
    assert answer.content == (EXERCISES / "conv" / "starter.py").read_bytes()


@pytest.mark.parametrize(
    "path", ["/work/nonsense", "/work/..%2f..", "/work/%2e%2e", "/work/conv/tries/99", "/work/essays"]
)
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_what_waits_is_told_with_its_place(client: TestClient) -> None:
    answer = hand_in(client, "my_conv.py", WRONG)
    assert (answer.status_code, answer.headers["location"]) == (303, "/work/conv#report")
    page = client.get("/work/conv").text
    assert "Waiting: number 1 in the queue." in page
    assert '<noscript><meta http-equiv="refresh"' in page  # goes on without scripts too
    assert "Waiting" not in client.get("/work/padding").text


def test_what_takes_long_says_how_far_it_is(state: ServerState, client: TestClient) -> None:
    hand_in(client, "my_conv.py", WRONG)
    ticket, key = state.desk.standing(ADA, "conv").ticket, (ADA.key, "conv")
    assert ticket is not None
    state.desk._note(key, since=time.monotonic() - 40)

    def far() -> str:
        """What the page says, without the seconds that have gone by since."""
        [(said, seconds)] = re.findall(r'<p class="far">(.*?)(\d+) s</p>', client.get("/work/conv").text)
        assert int(seconds) >= 40
        return said

    assert far() == ""
    ticket.future.set_running_or_notify_cancel()
    most = len(load_exercise("conv").checks)
    assert far() == f"0 of {most} checks decided · "
    ticket.checks.path.write_bytes(b"." * most)
    assert far() == f"all {most} checks decided, now the report · "


def test_a_file_for_any_exercise_is_found_by_its_names(client: TestClient) -> None:
    assert hand_in(client, "x.py", WRONG, "/work").headers["location"] == "/work/conv#report"
    answer = hand_in(client, "x.py", b"def nothing(): pass", "/work")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("name, says", [
    ("notes.pdf", "notes.pdf"), ("../../etc/passwd", "passwd"), (f"{HOSTILE}.txt", "&lt;img"), ("a\0b.py", "a_b.py"),
    ("x" * 400 + ".exe", "xxx"), ("", "Choose a file first"), ("broken.zip", "broken.zip"),
])  # fmt: skip
def test_a_file_that_cannot_be_graded_is_refused_in_words(client: TestClient, name: str, says: str) -> None:
    answer = hand_in(client, name, b"PK\3\4 or not", "/work")
    if name == "a\0b.py":  # it is read, and asks for nothing
        assert answer.status_code == 422
        return
    assert answer.status_code == 422
    assert says in answer.text
    assert HOSTILE not in answer.text
    assert "/tmp" not in answer.text


def test_another_learner_sees_nothing_of_it(state: ServerState, client: TestClient) -> None:
    hand_in(client, "my_conv.py", WRONG)
    ben = state.learners["ben"] = Learner("ben", "Ben")
    with TestClient(make_app(state), base_url=ORIGIN) as other:
        other.get("/enter", params={"token": state.invited(ben)})
        assert "Waiting" not in other.get("/work/conv").text


# ---------------------------------------------------------------- bodies


def test_a_body_that_never_ends_is_given_up(state: ServerState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.05)
    with TestClient(make_app(state), base_url=ORIGIN) as client:
        client.get("/enter", params={"token": state.invited(ADA)})
        cookie = f"{state.cookie}={client.cookies[state.cookie]}".encode()
    kind = b"application/x-www-form-urlencoded"
    headers = [(b"host", b"127.0.0.1:8417"), (b"cookie", cookie), (b"content-type", kind)]
    scope = {"type": "http", "method": "POST", "path": "/work", "raw_path": b"/work", "query_string": b"",
             "headers": headers, "scheme": "http", "server": ("127.0.0.1", 8417), "http_version": "1.1"}  # fmt: skip
    sent: list[Any] = []

    async def dripping() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(make_app(state)(scope, dripping, send))
    assert sent[0]["status"] == 408


def test_a_body_without_a_length_is_counted(state: ServerState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_app, "MOST_BODY", 1000)
    with TestClient(make_app(state), base_url=ORIGIN) as client:
        client.get("/enter", params={"token": state.invited(ADA)})
        many = (b"a" * 100 for _ in range(50))
        form = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRF-Token": csrf(client)}
        answer = client.post("/work", content=many, headers=form)
    assert answer.status_code == 413
    assert "The file is too large" in answer.text


# ---------------------------------------------------------------- graded for real


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Ada's browser, on a server that grades."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, open_farm(1, None) as farm:
        patch.setenv("GRADE_HOME", str(home))
        state = server_state(home, farm)
        with TestClient(make_app(state), base_url=ORIGIN, follow_redirects=False) as client:
            client.get("/enter", params={"token": state.invited(ADA)})
            yield client


def report_on(client: TestClient, name: str, data: bytes) -> str:
    """The page after the grading."""
    assert hand_in(client, name, data).status_code == 303
    until = time.monotonic() + 120
    while "refresh" in (page := client.get("/work/conv").text):
        assert time.monotonic() < until
        time.sleep(0.05)
    return page


@pytest.mark.slow
def test_a_mistake_is_named_and_what_was_put_right_is_told(graded: TestClient) -> None:
    page = report_on(graded, "my_conv.py", WRONG)
    assert "Kernel flipped" in page
    assert "This case as a script" in page
    page = report_on(graded, "my_conv.py", RIGHT)
    assert "full marks" in page
    assert "Passed now: " in page
    assert 'class="difference"' in page
    older = graded.get("/work/conv/tries/1")
    assert "Kernel flipped" in older.text
    assert [t.full for t in history.tries()] == [False, True]  # `grade progress` knows it too
    assert "✓" in graded.get("/work").text


def test_work_that_ends_while_its_page_is_made_is_asked_for_again(client: TestClient, monkeypatch) -> None:
    """Whether it is still graded is found out before the tries are read: else its own could be in neither."""
    order: list[str] = []
    told, read = work.said, KeptTries.of
    monkeypatch.setattr(work, "said", lambda *given: order.append("said") or told(*given))
    monkeypatch.setattr(KeptTries, "of", lambda *given: order.append("read") or read(*given))
    assert client.get("/work/conv").status_code == 200
    assert order == ["said", "said", "read"]


@pytest.mark.slow
def test_names_and_outputs_stay_text(graded: TestClient) -> None:
    source = f'print("""{HOSTILE}</pre><script>alert(1)</script>""")\ndef conv2d(X, K, stride=1, padding=0):\n'
    source += f'    raise ValueError("""{HOSTILE}""")\n'
    page = report_on(graded, f"{HOSTILE}.py", source.encode())
    assert "ValueError" in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") >= 3
    assert HOSTILE not in page
    assert "<script>alert" not in page


# ---------------------------------------------------------------- small things


def test_events_tell_where_it_stands(state: ServerState, client: TestClient) -> None:
    hand_in(client, "my_conv.py", WRONG)

    class Asked:
        """As much of a request as is looked at."""

        app = client.app
        state = type("State", (), {"session": type("Session", (), {"learner": ADA})})

    async def first() -> str:
        async for event in work._events(Asked(), "conv"):  # type: ignore[arg-type]
            return event
        raise AssertionError

    said = json.loads(asyncio.run(first()).removeprefix("data: "))
    assert (said["busy"], said["text"]) == (True, "Waiting: number 1 in the queue.")


@pytest.mark.parametrize(
    "name, slug", [("my_conv.py", "conv"), ("conv.py", "conv"), ("notes.py", None), ("..py", None)]
)
def test_a_file_that_cannot_be_read_belongs_where_its_name_says(name: str, slug: str | None) -> None:
    assert expected(Path(name)) == slug
