"""Pages from templates, and the files that they link to.

Every value is cleaned and escaped, as in reports. All style sheets are one file, all modules files of their own; their
addresses hold a digest of what is in them, so a browser keeps them for good.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from generators.export.html import fields_script, question_design

from ..report import html

FOLDER = Path(__file__).parent
TEMPLATES, STATIC = FOLDER / "templates", FOLDER / "static"
STYLE = "style.css"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A template of `templates/` as a response. What each page has: see `base.html.j2`."""
    return HTMLResponse(rendered(request, template, **values), status)


def rendered(request: Request, template: str, **values: Any) -> str:
    """The same as text: for a part of a page."""
    session = getattr(request.state, "session", None)
    own = {
        "session": session,
        "csrf": lambda: hidden(session.csrf if session else ""),
        "areas": request.app.state.areas,
        "path": request.url.path,
        "asset": asset,
    }
    return html.environment(TEMPLATES).get_template(template).render(own | values)


def hidden(token: str) -> Markup:
    """The field that proves that a form is of our own page."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(token)


# ---------------------------------------------------------------- linked files


def asset(name: str) -> str:
    """The address of a file of `static/`, or of the one style sheet."""
    return f"/static/{hashlib.sha256(_assets()[name]).hexdigest()[:16]}/{name}"


@cache
def _assets() -> dict[str, bytes]:
    """What can be asked for by name; nothing else is ever read from the disk."""
    files = [*STATIC.glob("*.js"), *STATIC.glob("*.svg"), html.FOLDER / "case.js"]
    sheets = [html.FOLDER / "statement.css", *sorted(STATIC.glob("*.css"))]
    style = "\n".join([html.style(), question_design(), *(sheet.read_text(encoding="utf-8") for sheet in sheets)])
    made = {STYLE: style.encode(), "answer-fields.js": fields_script().encode()}
    return {path.name: path.read_bytes() for path in files} | made


def linked_file(request: Request) -> Response:
    """A file that a page links to; a module may link to another one beside it."""
    name = request.path_params["name"]
    if name not in _assets():
        raise HTTPException(404, "There is no such file.")
    return Response(_assets()[name], media_type=TYPES[Path(name).suffix], headers=FOR_GOOD)


ROUTE = Route("/static/{digest}/{name}", linked_file)
