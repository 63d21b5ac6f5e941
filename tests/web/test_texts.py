"""Free text: listed, written, kept, compared with its rubric; and two windows that write at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.testclient import TestClient

from grader.freetext.essays import load_essay
from grader.gradebook.written import WrittenTexts
from grader.web.state import ServerState
from tests.web.conftest import csrf

A3 = "/work/texts/a3"
HOSTILE = "Both see </textarea><script>alert(1)</script> 5×5."


def send(client: TestClient, path: str = A3, **fields: Any) -> Any:
    return client.post(path, data={"csrf": csrf(client), **fields})


def points(client: TestClient, version: int, given: Mapping[str, float]) -> Any:
    return send(client, f"{A3}/points", version=version, **{f"points-{name}": f"{p:g}" for name, p in given.items()})


def test_a_text_is_written_kept_and_compared_with_its_rubric(client: TestClient) -> None:
    task = load_essay("a3")
    assert "not begun" in client.get("/work").text
    assert "Compare it with the rubric" not in client.get(A3).text
    assert send(client, text=HOSTILE, version=0).headers["location"] == f"{A3}#rubric"
    page = client.get(A3).text
    assert "&lt;/textarea&gt;" in page
    assert "<script>alert" not in page
    assert task.criteria[0].idea in page
    first, *others = task.criteria
    points(client, 1, {first.id: 99, others[0].id: 1.5})  # what the rubric does not allow is left open
    assert "points for a part" in client.get("/work").text
    points(client, 1, {c.id: c.points for c in task.criteria})
    assert f"{task.points:g} of {task.points:g} by the rubric" in client.get("/work").text
    send(client, text="Another text.", version=1)
    assert "2 words, no points yet" in client.get("/work").text


def test_two_windows_do_not_overwrite_each_other_silently(client: TestClient, state: ServerState) -> None:
    send(client, text="One.", version=0)
    other = send(client, text="Two.", version=0)
    assert other.status_code == 409
    assert "Two.</textarea>" in other.text
    assert "One.</pre>" in other.text
    assert points(client, 0, {}).status_code == 409
    quiet = client.post(A3, data={"text": "Three.", "version": 1}, headers={"X-CSRF-Token": csrf(client)})
    assert quiet.json() == {"version": 2}
    assert client.post(A3, data={"text": "x", "version": 1}, headers={"X-CSRF-Token": csrf(client)}).status_code == 409
    assert WrittenTexts(state.desk.tries.engine).of("ben") == {}


def test_what_no_page_sends_is_refused(client: TestClient) -> None:
    assert client.get("/work/texts/nonsense").status_code == 404
    assert send(client, text="x", version="-1").status_code == 400
    assert client.post(A3, data={"csrf": "x", "text": "x", "version": 0}).status_code == 403
    assert send(client, text="ü" * 140_000, version=0).status_code in (400, 413)
    assert "not begun" in client.get("/work").text
