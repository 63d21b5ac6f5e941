"""Practise: today's list, a question at a time with feedback, and where a learner stands with each topic."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..practice.catalogue import generators
from ..practice.practising import AskedQuestion, Practice
from ..practice.standing import standings
from ..practice.store import HistoryError
from . import practise_views as views
from .areas import Area, get, learner, post, server
from .pages import page

QUESTION = "/practise/question"


def today(request: Request) -> Response:
    """What comes today and why, and the topics."""
    practice = _practice(request)
    day = practice.day()
    known = [views.topic(one, day) for one in standings(practice.memory())]
    topics = sorted(generators(), key=str.lower)
    return page(request, "practise.html.j2", **views.today(practice.today()), known=known, topics=topics)


def question(request: Request) -> Response:
    """The question that comes now; today's list, where none does."""
    practice = _practice(request)
    asked = practice.next()
    return _shown(request, practice, asked, FormData()) if asked else RedirectResponse("/practise", 303)


def answer(request: Request, form: FormData) -> Response:
    """An answer, or a wish for the first step or the whole solution."""
    practice = _practice(request)
    asked, sent = _asked(practice, form), _texts(form)
    if sent.get("do") == "hint":
        return _shown(request, practice, asked, FormData([*form.multi_items(), ("helped", "1")]))
    given = "" if sent.get("do") == "solution" else views.given(asked.question, form)
    if sent.get("do") != "solution" and (problem := _problem(practice, asked, given)):
        return _shown(request, practice, asked, form, problem, 422)
    practice.answer(asked, given, _seconds(sent), bool(sent.get("helped")))
    topic = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/practise/answers/{practice.place(asked)}{topic}", 303)


def answered(request: Request) -> Response:
    """What an answer was worth: the mistake behind it, the solution, why it came and when it comes again."""
    practice = _practice(request)
    try:
        past = practice.past(request.path_params["number"])
    except LookupError as error:
        raise HTTPException(404, "There is no such answer, or its question has changed since.") from error
    following = f"{QUESTION}?{request.url.query}" if request.url.query else QUESTION
    more = practice.next() is not None
    return page(request, "practise_answer.html.j2", **views.past(past, practice.day()), following=following, more=more)


def _told(handler: Callable[..., Response]) -> Callable[..., Response]:
    """What is wrong with the history's file is said in the page."""

    @wraps(handler)
    def told(*arguments: Any) -> Response:
        try:
            return handler(*arguments)
        except HistoryError as error:
            raise HTTPException(500, str(error)) from error

    return told


def _practice(request: Request) -> Practice:
    topic = request.query_params.get("topic") or None
    if topic is not None and topic not in generators():
        raise HTTPException(404, "There is no such topic.")
    return Practice(topic, learner=server(request).desk.in_history(learner(request)))


def _shown(
    request: Request, practice: Practice, asked: AskedQuestion, form: FormData, problem: str = "", status: int = 200
) -> Response:
    """The question's page, with what was filled in."""
    sent = defaultdict(str, {"begun": str(time.time())} | _texts(form))
    values: dict[str, Any] = views.question(asked, practice.today())
    values |= {"sent": sent, "chosen": form.getlist("answer"), "problem": problem}
    hint = views.hint(asked.question) if sent["helped"] else ""
    return page(request, "practise_question.html.j2", status, **values, hint=hint)


def _asked(practice: Practice, form: FormData) -> AskedQuestion:
    sent = _texts(form)
    try:
        return practice.again(sent["card"], sent["generator"], sent["kind"], int(sent["seed"]))
    except (LookupError, ValueError) as error:
        raise HTTPException(404, "There is no such question any more: go on with the next one.") from error


def _problem(practice: Practice, asked: AskedQuestion, given: str) -> str:
    if not given.strip():
        return "Answer first, or ask for the solution."
    marked = practice.marked(asked, given)
    return f"Not readable: {marked.message}" if marked.outcome == "unreadable" else ""


def _seconds(sent: dict[str, str]) -> float | None:
    """How long the question was open; None where the form does not say."""
    try:
        return max(0.0, time.time() - float(sent["begun"]))
    except (KeyError, ValueError):
        return None


def _texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


AREA = Area(
    "Practise",
    "/practise",
    [
        get("/practise", _told(today)),
        get(QUESTION, _told(question)),
        post(QUESTION, _told(answer)),
        get("/practise/answers/{number:int}", _told(answered)),
    ],
)
