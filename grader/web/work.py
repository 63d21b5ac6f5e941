"""Work: the exercises in the chapter's order, their statements, files to hand in, reports and what changed."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from functools import cache
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from ..errors import GraderError
from ..exercise import Exercise, in_chapter_order
from ..gradebook.kept_try import KeptTry
from ..gradebook.tries import changed
from ..practice import history
from ..practice.progress import ExerciseProgress, next_step, progress
from ..practice.text import why
from ..report import statement
from . import texts
from .areas import Area, get, learner, post, server
from .grading import TryState
from .pages import page, rendered
from .pool import Ticket

LOOK = 0.1  # seconds between two looks at what a page follows
PING = 15.0  # seconds after which a page hears something, so that a dead connection is noticed
SHOWN = 30  # tries in a list


# ---------------------------------------------------------------- all exercises


def exercises(request: Request) -> Response:
    """All exercises with what was reached, and what is next."""
    return _exercises(request)


def _exercises(request: Request, problem: str = "", status: int = 200) -> Response:
    reached = _reached(request)
    step = next_step(reached)
    why_next = why(step.reason, step.progress) if step.progress else ""
    watched = server(request).watched
    return page(request, "work.html.j2", status, reached=reached, step=step, why=why_next, problem=problem,
                watched=watched, texts=texts.listed(request))  # fmt: skip


def _reached(request: Request) -> list[ExerciseProgress]:
    """Where the learner stands, by all that was graded on this machine, in the terminal too."""
    whose = server(request).desk.in_history(learner(request))
    return progress([*_by_slug().values()], history.tries(whose))


async def hand_in_any(request: Request, form: FormData) -> Response:
    """A file whose exercise is found by the names that it defines."""
    try:
        slugs = await _handed_in(request, form, None)
    except GraderError as error:
        return await run_in_threadpool(_exercises, request, str(error), 422)
    return RedirectResponse(f"/work/{slugs[0]}#report", 303)


async def _handed_in(request: Request, form: FormData, slug: str | None) -> list[str]:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise GraderError("Choose a file first: .py, .ipynb or .zip.")
    desk, data = server(request).desk, await file.read()
    return await run_in_threadpool(desk.upload, learner(request), file.filename, data, slug)


# ---------------------------------------------------------------- one exercise


def exercise(request: Request) -> Response:
    """The statement, where to hand in, the newest report, and all tries."""
    found = _exercise(request)
    values = _newest(request, found)
    return page(request, "exercise.html.j2", statement=_statement(found), watched=server(request).watched, **values)


def part(request: Request) -> Response:
    """What changes in that page with each try."""
    return Response(rendered(request, "tries.html.j2", **_newest(request, _exercise(request))), media_type="text/html")


def _newest(request: Request, found: Exercise) -> dict[str, Any]:
    desk, who = server(request).desk, learner(request)
    standing, told = _standing(request, found.slug)  # first: what ends from now on, the page will ask for
    tries = desk.tries.of(who.key, found.slug)
    newest = desk.tries.one(who.key, found.slug, tries[0].id) if tries else None
    return {"exercise": found, "standing": standing, "said": told, "tries": tries[:SHOWN], **_shown(request, newest)}


def _standing(request: Request, slug: str) -> tuple[TryState, dict[str, Any]]:
    """Where it stands, and that in words. Of work that has ended, the try is kept and a problem is noted."""
    desk, who = server(request).desk, learner(request)
    standing = desk.standing(who, slug)
    told = said(request, standing)
    if not told["busy"]:  # it may have ended between the two: by now all that came of it is noted
        standing = desk.standing(who, slug)
        told = said(request, standing)
    return standing, told


def a_try(request: Request) -> Response:
    """An earlier try: its report, and what changed with it."""
    found, who = _exercise(request), learner(request)
    one = server(request).desk.tries.one(who.key, found.slug, request.path_params["number"])
    if one is None:
        raise HTTPException(404, "There is no such try.")
    return page(request, "try.html.j2", exercise=found, **_shown(request, one))


def _shown(request: Request, one: KeptTry | None) -> dict[str, Any]:
    if one is None:
        return {"one": None, "change": None, "report": ""}
    before = server(request).desk.tries.before(one)
    return {"one": one, "change": changed(before, one) if before else None, "report": Markup(one.report)}


async def hand_in(request: Request, form: FormData) -> Response:
    """A file for this exercise; what is wrong with it is told in its page."""
    found = _exercise(request)
    try:
        await _handed_in(request, form, found.slug)
    except GraderError as error:
        server(request).desk.problem(learner(request), found.slug, str(error))
    return RedirectResponse(f"/work/{found.slug}#report", 303)


def starter(request: Request) -> Response:
    """The file to begin with."""
    found = _exercise(request)
    name = {"Content-Disposition": f'attachment; filename="my_{found.slug}.py"'}
    return Response(found.starter_file.read_bytes(), media_type="text/x-python", headers=name)


def _exercise(request: Request) -> Exercise:
    """The one that is asked for. Raises HTTPException."""
    slug = request.path_params["slug"]
    if slug not in _by_slug():
        raise HTTPException(404, f"There is no exercise '{slug}'.")
    return _by_slug()[slug]


@cache
def _by_slug() -> dict[str, Exercise]:
    """Every exercise in the chapter's order, read once: whoever changes one starts the server again."""
    return {one.slug: one for one in in_chapter_order()}


@cache
def _statement(found: Exercise) -> list[Markup]:
    return statement.parts(found.title, found.statement, found.folder)


# ---------------------------------------------------------------- following along


def events(request: Request) -> Response:
    """Server-sent events: where the newest work stands, at once and at every change."""
    return StreamingResponse(_events(request, _exercise(request).slug), media_type="text/event-stream")


async def _events(request: Request, slug: str) -> AsyncIterator[str]:
    desk, who, before, heard = server(request).desk, learner(request), "", 0.0
    while not server(request).ending():
        standing = desk.standing(who, slug)
        now = json.dumps({"turn": standing.turn, **said(request, standing)})
        if now != before:
            yield f"data: {now}\n\n"
            before, heard = now, time.monotonic()
        elif time.monotonic() - heard > PING:
            yield ": still here\n\n"
            heard = time.monotonic()
        await asyncio.sleep(LOOK)


def said(request: Request, standing: TryState) -> dict[str, Any]:
    """A standing in words: whether it is `busy`, a line on it, and how `far` what takes long has come."""
    ticket = standing.ticket
    if ticket is None or ticket.done.is_set():
        return {"busy": False, "text": standing.problem, "far": ""}
    place = server(request).desk.pool.place(ticket)
    text = f"Waiting: number {place} in the queue." if place else "Being graded …"
    seconds = int(time.monotonic() - standing.since)
    return {"busy": True, "text": text, "far": _far(ticket, bool(place), seconds) if seconds else ""}


def _far(ticket: Ticket, waits: bool, seconds: int) -> str:
    run = [check for check in _by_slug()[ticket.exercise].checks if ticket.timed or check.kind == "correctness"]
    count, most = ticket.checks.count, len(run)
    told = f"{count} of {most} checks decided" if count < most else f"all {most} checks decided, now the report"
    return f"{seconds} s" if waits else f"{told} · {seconds} s"


AREA = Area(
    "Work",
    "/work",
    [
        get("/work", exercises),
        post("/work", hand_in_any),
        get("/work/{slug}", exercise),
        post("/work/{slug}", hand_in),
        get("/work/{slug}/part", part),
        get("/work/{slug}/events", events),
        get("/work/{slug}/starter", starter),
        get("/work/{slug}/tries/{number:int}", a_try),
    ],
)
