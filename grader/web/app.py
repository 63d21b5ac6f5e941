"""The application: all areas behind one guard."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from . import entry, exam, pages, practise, texts, work
from .areas import Area
from .guard import Guard
from .state import ServerState

AREAS: Sequence[Area] = (texts.AREA, work.AREA, practise.AREA, exam.AREA)
MOST_BODY = 36 << 20  # bytes: a notebook may carry 32 MiB of pictures


def make_app(state: ServerState, areas: Sequence[Area] = AREAS) -> Starlette:
    """The server for these learners, ready to be run."""
    app = Starlette(
        routes=[pages.ROUTE, *entry.ROUTES, *(route for area in areas for route in area.routes)],
        middleware=[Middleware(Guard, state=state, refused=entry.refusal)],
        exception_handlers={HTTPException: entry.problem, Exception: entry.failure},
        max_body_size=MOST_BODY,
    )
    app.state.server, app.state.areas = state, areas
    return app
