"""The practice pages: what comes today, a question with its feedback, and nobody else's answers."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from generators.model import QuestionKind
from grader.model import CheckResult, Misconception, Result, Verdict
from grader.practice import answers, history, store
from grader.practice.practising import AskedQuestion, Practice
from grader.web import practise_views
from grader.web.app import make_app
from grader.web.people import Learner, sealed
from tests.quiz.test_take import written
from tests.web.conftest import ORIGIN, csrf

QUESTION = "/practise/question"


def form_of(page: Response) -> dict[str, str]:
    """The hidden fields of a question's page."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
    return {name: html.unescape(value) for name, value in fields}


def fields(asked: AskedQuestion, answer: str) -> dict[str, Any]:
    """An answer as the form has it."""
    if asked.question.kind == QuestionKind.MATCH:
        return {f"place-{pair[0]}": pair[2:] for pair in answer.split()}
    if asked.question.kind == QuestionKind.ORDER:
        return {f"place-{key}": str(place) for place, key in enumerate(answer.split(), 1)}
    chosen = asked.question.kind in (QuestionKind.MCQ, QuestionKind.MSQ)
    return {"answer": answer.split() if chosen else answer}


def test_a_question_is_answered_and_explained_until_nothing_is_due(client: TestClient) -> None:
    first = client.get("/practise")
    assert "2 questions today" in first.text
    assert "New: you have not been asked for it yet." in first.text
    for _ in range(2):
        asked = Practice().next()
        assert asked is not None
        page = client.get(QUESTION)
        sent = client.post(QUESTION, data=form_of(page) | fields(asked, written(asked.question)) | {"do": "answer"})
        assert sent.status_code == 303
        told = client.get(sent.headers["location"]).text
        assert "</span> Right</h1>" in told
        assert "It comes again" in told
        assert "Solution</h2>" in told
    assert "Done for today" in told
    assert client.get(QUESTION).headers["location"] == "/practise"
    quiet = client.get("/practise").text
    assert "Done for today: 2 questions answered. More tomorrow." in quiet
    assert "1 of 1 right" in quiet


def test_what_cannot_be_read_is_asked_again_with_what_was_typed(client: TestClient) -> None:
    page = client.get(QUESTION)
    again = client.post(QUESTION, data=form_of(page) | {"answer": "12 x<b>", "do": "answer"})
    assert again.status_code == 422
    assert "Not readable" in again.text
    assert "12 x&lt;b&gt;" in again.text
    assert "Answer first" in client.post(QUESTION, data=form_of(page) | {"do": "answer"}).text
    assert answers.answers() == []


def test_the_first_step_is_help_and_the_solution_gives_up(client: TestClient) -> None:
    page = client.get(QUESTION)
    helped = client.post(QUESTION, data=form_of(page) | {"answer": "1", "do": "hint"})
    assert "The first step." in helped.text
    assert form_of(helped)["helped"] == "1"
    client.post(QUESTION, data=form_of(helped) | {"do": "solution"})
    (given,) = answers.answers()
    assert (given.outcome, given.helped, given.seconds is not None) == ("given_up", True, True)


def test_an_answer_that_is_sent_twice_counts_once_and_a_reload_asks_the_same(client: TestClient) -> None:
    page = client.get(QUESTION)
    assert form_of(client.get(QUESTION))["seed"] == form_of(page)["seed"]
    sent = [client.post(QUESTION, data=form_of(page) | {"do": "solution"}) for _ in range(2)]
    assert len({one.headers["location"] for one in sent}) == 1
    assert len(answers.answers()) == 1


def test_a_topic_that_was_chosen_goes_on(client: TestClient) -> None:
    chosen = f"{QUESTION}?topic=output+size"
    page = client.get(chosen)
    assert "Output size" in page.text
    sent = client.post(chosen, data=form_of(page) | {"do": "solution"})
    assert sent.headers["location"] == "/practise/answers/0?topic=output+size"
    assert "/practise/question?topic=output+size" in client.get(sent.headers["location"]).text


@pytest.mark.parametrize(
    "changed",
    [{"generator": "../x"}, {"kind": "MCQ"}, {"seed": "x"}, {"card": "pruning"}, {"card": "convolution/made-up"},
     {"generator": "essay", "kind": "ESSAY", "card": "free text"}],
)  # fmt: skip
def test_forms_that_no_page_has_made_are_refused(client: TestClient, changed: dict[str, str]) -> None:
    page = client.get(QUESTION)
    assert client.post(QUESTION, data=form_of(page) | {"do": "solution"} | changed).status_code == 404
    assert client.get("/practise/answers/7").status_code == 404
    assert client.get(f"{QUESTION}?topic=nonsense").status_code == 404
    assert client.post(QUESTION, data=form_of(page) | {"csrf": "x"}).status_code == 403
    assert answers.answers() == []


def test_a_history_that_cannot_be_read_is_told_and_stays(client: TestClient) -> None:
    store.place().write_bytes(b"no database, but long enough to look like one" * 100)
    told = client.get("/practise")
    assert told.status_code == 500
    assert "not a database" in told.text
    assert store.place().read_bytes().startswith(b"no database")


def test_another_learner_has_answers_of_their_own(client: TestClient) -> None:
    client.post(QUESTION, data=form_of(client.get(QUESTION)) | {"do": "solution"})
    state = client.app.state.server  # type: ignore[attr-defined]
    state.learners["ben"] = Learner("ben", "Ben")
    cookies = {state.cookie: sealed(state.learners["ben"], state.key)}
    with TestClient(make_app(state), base_url=ORIGIN, follow_redirects=False, cookies=cookies) as ben:
        assert "2 questions today" in ben.get("/practise").text
        assert ben.get("/practise/answers/0").status_code == 404
        assert csrf(ben, "/practise") != csrf(client, "/practise")
        ben.post(QUESTION, data=form_of(ben.get(QUESTION)) | {"do": "solution"})
    assert [len(answers.answers(who)) for who in ("", "ben")] == [1, 1]


def test_a_mistake_in_code_comes_back_to_who_made_it(client: TestClient) -> None:
    slug, title = "kernel-flipped", "Kernel flipped"
    flipped = CheckResult("window", "The window.", Verdict.WRONG_ANSWER, 0.0, 2.0,
                          misconception=Misconception(slug, title, "Turn it back."))  # fmt: skip
    made = Result(exercise="conv", title="Convolution", file="", seed=1, isolation="confined", checks=[flipped])
    history.remember([made], "ben")
    state = client.app.state.server  # type: ignore[attr-defined]
    state.learners["ben"] = Learner("ben", "Ben")
    cookies = {state.cookie: sealed(state.learners["ben"], state.key)}
    with TestClient(make_app(state), base_url=ORIGIN, follow_redirects=False, cookies=cookies) as ben:
        assert "1 try" in ben.get("/work").text
        assert "to put right: kernel flipped" in ben.get("/practise").text
    assert "1 try" not in client.get("/work").text
    assert "kernel flipped" not in client.get("/practise").text


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_every_kind_can_be_answered_in_its_form(client: TestClient, kind: QuestionKind) -> None:
    slug = {"MCQ": "spot_error", "MSQ": "layer_statements", "NAT": "macs", "MATRIX": "pooling", "EXPRESSION":
            "residual_expression", "ORDER": "order_steps", "MATCH": "match_architectures"}.get(kind)  # fmt: skip
    if slug is None:
        return
    from generators.build import build

    question = build(slug, 5, kind)
    asked = Practice().again(question.topic, slug, kind, 5)
    sent = {"card": question.topic, "generator": slug, "kind": kind, "seed": "5", "csrf": csrf(client)}
    found = client.post(QUESTION, data=sent | fields(asked, written(question)) | {"do": "answer"})
    assert found.status_code == 303, found.text
    assert "</span> Right</h1>" in client.get(found.headers["location"]).text
    assert practise_views.content(question)["prompt"]
