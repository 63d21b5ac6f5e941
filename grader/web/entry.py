"""The way in: the link with its token, and what is said to who has none."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from .areas import server
from .guard import HEADERS
from .pages import page
from .people import MOST_AGE, sealed

TOO_LARGE = "The file is too large: 32 MiB at most."
NO_SESSION = "This browser is not signed in."
HOW_IN = (
    "Open the link that `grade serve` prints when it starts: it works once. To sign in another browser, start "
    "`grade serve` again: nothing is lost by that."
)
USED = "This link was used already, or belongs to an earlier start."


def enter(request: Request) -> Response:
    """Sign a browser in, once for each token; one that is signed in already goes on."""
    state = server(request)
    learner = state.admitted(request.query_params.get("token", ""))
    if learner is None:
        return refusal(request, USED) if request.state.session is None else RedirectResponse("/", 303)
    response = RedirectResponse("/", 303)
    response.set_cookie(
        state.cookie, sealed(learner, state.key), max_age=MOST_AGE, httponly=True, samesite="lax", path="/"
    )
    return response


def refusal(request: Request, why: str = NO_SESSION) -> Response:
    """The page for a browser that is not signed in."""
    return page(request, "problem.html.j2", 403, title=why, text=HOW_IN)


def first_page(request: Request) -> Response:
    """Where work begins."""
    return RedirectResponse("/work", 303)


def problem(request: Request, error: Exception) -> Response:
    """The page for what cannot be shown or done."""
    assert isinstance(error, HTTPException)
    titles = {403: "This is not allowed", 404: "There is no such page", 405: "This cannot be done here"}
    title = titles.get(error.status_code, "This did not work")
    text = TOO_LARGE if error.status_code == 413 else "" if error.detail == "Not Found" else error.detail
    return page(request, "problem.html.j2", error.status_code, title=title, text=text)


def failure(request: Request, _: Exception) -> Response:
    """The page for an error of ours; what it was is in the terminal."""
    text = "That costs nothing. What went wrong is in the terminal in which `grade serve` runs."
    response = page(request, "problem.html.j2", 500, title="The grader itself failed", text=text)
    response.headers.update(HEADERS)  # this answer comes from outside of the guard
    return response


ROUTES = [Route("/enter", enter), Route("/", first_page)]
