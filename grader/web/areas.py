"""How an area of the server is declared: a title in the navigation, and routes that are safe as they are made here.

    AREA = Area("Practise", "/practise", [get("/practise", due), post("/practise/{item}", answer)])

A `get` changes nothing: other sites may lead a browser there. A `post` is carried out only with the token of the
browser's own session, as field `csrf` of the form or as header `X-CSRF-Token`.
"""

from __future__ import annotations

import hmac
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .people import BrowserSession, Learner
from .state import ServerState

MOST_FILES, MOST_FIELDS, MOST_FIELD = 20, 500, 1 << 18  # of one form; bytes of a field that is no file
Handler = Callable[..., Any]


@dataclass(frozen=True)
class Area:
    """A part of the server: its title and first page in the navigation (none where the title is empty), its routes."""

    title: str
    path: str
    routes: Sequence[Route]


def get(path: str, handler: Callable[[Request], Any]) -> Route:
    """A page. `handler(request)` gives the response; one that is no coroutine runs in a thread."""
    return Route(path, handler, methods=["GET"])


def post(path: str, handler: Callable[[Request, FormData], Any]) -> Route:
    """A form. `handler(request, form)` gives the response; one that is no coroutine runs in a thread."""

    async def checked(request: Request) -> Response:
        limits = {"max_files": MOST_FILES, "max_fields": MOST_FIELDS, "max_part_size": MOST_FIELD}
        async with request.form(**limits) as form:
            token = request.headers.get("x-csrf-token") or form.get("csrf")
            if not hmac.compare_digest(str(token).encode(), session(request).csrf.encode()):
                raise HTTPException(403, "This form is not of this page: load the page again.")
            if inspect.iscoroutinefunction(handler):
                response: Response = await handler(request, form)
            else:
                response = await run_in_threadpool(handler, request, form)
            return response

    return Route(path, checked, methods=["POST"])


def server(request: Request) -> ServerState:
    """What the server knows."""
    state: ServerState = request.app.state.server
    return state


def session(request: Request) -> BrowserSession:
    """The session of the browser that asks: there is one wherever a route of an area is reached."""
    found: BrowserSession = request.state.session
    return found


def learner(request: Request) -> Learner:
    """Who asks: all that is read and written is theirs."""
    return session(request).learner
