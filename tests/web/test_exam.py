"""The exam's routes: whose an exam is, what they tell, and what they do with what no page of ours sends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from grader.cli.group import cli
from grader.exam.hall import NAME, ExamHall
from grader.exam.papers import drawn
from grader.practice.answers import answers
from grader.web.state import ServerState
from tests.exam.conftest import BLUEPRINT, paper_of_every_kind
from tests.web.conftest import ADA, csrf

CHANGE = {"number": 2, "answer": "0,5", "marked": False, "base": 0, "writer": "w", "turn": 1}


@pytest.fixture(scope="module")
def paper():
    return paper_of_every_kind()


def begun(client: TestClient, **fields: str) -> str:
    """A started exam on a paper with every kind of question; its address."""
    form = {"csrf": csrf(client), "seed": "3", **fields}
    made = client.post("/exam", data=form, files={"file": ("own.toml", BLUEPRINT.read_bytes())})
    assert made.status_code == 303, made.text
    address = made.headers["location"]
    assert "I have read the instructions" in client.get(address).text
    assert client.post(f"{address}/start", data={"csrf": form["csrf"]}).status_code == 303
    return address


def send(client: TestClient, address: str, *changes: dict, at: int = 1):
    headers = {"X-CSRF-Token": csrf(client)}
    return client.post(f"{address}/changes", data={"changes": json.dumps(changes), "at": at}, headers=headers)


def test_an_exam_from_the_form_to_the_result(client: TestClient, state: ServerState) -> None:
    address = begun(client, extra="1.5", comma="on")
    receipt = send(client, address, CHANGE, CHANGE | {"number": 4, "answer": "1,210"}, at=4).json()
    assert [taken["outcome"] for taken in receipt["taken"]] == ["saved", "saved"]
    assert receipt["answers"]["2"]["read"] == "Read as 0.5."
    assert receipt["answers"]["4"]["read"] == "Read as 1.21."
    assert 890 < receipt["left"] <= 900
    conflict = send(client, address, CHANGE | {"writer": "other", "answer": "7"}).json()["taken"]
    assert (conflict[0]["outcome"], conflict[0]["answer"]) == ("conflict", "0,5")
    client.post(f"{address}/finish", data={"csrf": csrf(client)})
    page = client.get(address).text
    assert "0 right, 2 wrong" in page
    assert "What to practise" in page
    assert "6 more are for a person to give" in page
    assert "0 of 10 marks" in client.get("/exam").text
    assert "comes back in" in page
    kept = client.get(f"{address}/file")
    assert kept.headers["content-disposition"] == 'attachment; filename="my_exam-1.json"'
    assert kept.json()["answers"] == {"2": "0.5", "4": "1.21"}
    own = state.folder / "my_exam-1.json"
    own.write_bytes(kept.content)
    shown = CliRunner().invoke(cli, ["quiz", "take", str(own), "--no-history"])
    assert "You finished this paper" in shown.output
    assert "0 right, 2 wrong" in shown.output
    asked = [(one.topic, one.given, one.outcome) for one in answers("")]
    assert asked == [("output size", "0,5", "wrong"), ("receptive field", "1,210", "wrong")]  # once, and nothing else


def test_an_exam_is_deleted_after_a_question_and_not_while_it_runs(client: TestClient) -> None:
    address, form = begun(client), {"csrf": csrf(client)}
    assert "end it first" in client.get(f"{address}/delete").text
    assert client.get(f"{address}/file").status_code == 404
    assert client.post(f"{address}/delete", data=form).headers["location"] == address
    client.post(f"{address}/finish", data=form)
    assert f'href="{address}/delete"' in client.get("/exam").text
    assert "Delete this exam?" in client.get(f"{address}/delete").text
    assert client.post(f"{address}/delete", data={"csrf": "x"}).status_code == 403
    assert client.get(address).status_code == 200
    assert client.post(f"{address}/delete", data=form).headers["location"] == "/exam"
    assert client.get(address).status_code == 404
    assert "Your results" not in client.get("/exam").text


def test_no_page_before_the_end_holds_the_key(client: TestClient, paper) -> None:
    page = client.get(begun(client)).text
    why = {entry.why for question in paper.questions for entry in question.misconceptions}
    steps = {step for question in paper.questions for step in question.solution}
    assert not [text for text in why | steps if len(text) > 8 and text in page]
    for word in ("correct", "misconception", "solution", '"range"', '"answer":"'):
        assert word not in page


def test_an_exam_is_its_owners(client: TestClient, state: ServerState, paper) -> None:
    with ExamHall.open(state.folder / NAME) as hall:
        bens, adas = hall.make(paper, learner="ben"), hall.make(paper, learner=ADA.key)
    assert client.get(f"/exam/{adas}").status_code == 200
    for answer in (client.get(f"/exam/{bens}"), client.get("/exam/99"), client.get("/exam/x"),
                   client.post(f"/exam/{bens}/start", data={"csrf": csrf(client)})):  # fmt: skip
        assert answer.status_code == 404
    assert send(client, f"/exam/{bens}", CHANGE).json() == {"problem": f"there is no exam {bens}"}


@pytest.mark.parametrize("fields, name, content, said", [
    ({"blueprint": "gate"}, "", b"", "there is no &#39;gate&#39;"),
    ({"seed": "-1"}, "", b"", "whole number"),
    ({"extra": "ten"}, "", b"", "not one of those"),
    ({"extra": "0.1"}, "", b"", "not between 1 and 4"),
    ({}, "a.json", b"{}", "a.json is neither a paper"),
    ({}, "a.toml", b"title = 3", "a.toml"),
    ({}, "a.json", b"\xff\xfe", "not in UTF-8"),
])  # fmt: skip
def test_what_makes_no_exam_is_said_in_the_form(client: TestClient, fields, name, content, said) -> None:
    form = {"csrf": csrf(client), "blueprint": "gate-cnn", **fields}
    answer = client.post("/exam", data=form, files={"file": (name, content)} if name else None)
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"number": 1}]', '[{"number": "x"}]'])
def test_what_no_page_sends_changes_nothing(client: TestClient, text: str) -> None:
    address, headers = begun(client), {"X-CSRF-Token": csrf(client)}
    answer = client.post(f"{address}/changes", data={"changes": text}, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["problem"]
    assert client.post(f"{address}/changes", data={"changes": "[]"}).status_code == 403


def test_a_blueprints_sections_are_the_papers(tmp_path: Path) -> None:
    paper = drawn("gate-full", 1)
    assert [(s.title, s.count) for s in paper.sections] == [("One mark each", 30), ("Two marks each", 35)]
    assert [q.marks for q in paper.questions] == [1] * 30 + [2] * 35
    assert not drawn("gate-cnn", 1).sections
