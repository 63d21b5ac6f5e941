"""Work: the exercises in the chapter's order, their statements, files to hand in, reports and what changed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ..exercise import in_chapter_order
from ..practice import history
from ..practice.progress import next_step, progress
from .areas import Area, get
from .pages import page


def exercises(request: Request) -> Response:
    """All exercises with what was reached, and what is next."""
    reached = progress(in_chapter_order(), history.tries())
    return page(request, "work.html.j2", reached=reached, step=next_step(reached))


AREA = Area("Work", "/work", [get("/work", exercises)])
