"""What every request passes before a route sees it, and what every answer carries.

A page of another site, or of another server on this machine, gets nothing and changes nothing: browsers say with
`Sec-Fetch-Site` and `Origin` who asks. Only following a link is allowed to everybody, and changes nothing either.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .people import opened
from .state import ServerState

OPEN = ("/enter", "/static/")  # the beginnings of paths for which nobody has to be signed in
BODY_SECONDS = 30.0  # for the whole of a request
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none at all, browsers hide the origin of our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OWN = ("same-origin", "none")


class Guard:
    """The middleware: refuses what is foreign or comes too slowly, finds the session, adds the headers."""

    def __init__(self, app: ASGIApp, state: ServerState, refused: Callable[[Request], Response]):
        self.app, self.state, self.refused = app, state, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        await self._answer(request)(scope, in_time(receive), with_headers(send))

    def _answer(self, request: Request) -> ASGIApp:
        """What answers: the application, or a refusal. A name that is not ours was led here by another site."""
        request.state.session = None
        if not is_ours(request.headers.get("host", ""), self.state.hosts):
            return PlainTextResponse("This server has another name.", 400)
        if is_foreign(request):
            return PlainTextResponse("This server answers its own pages only.", 403)
        cookie = request.cookies.get(self.state.cookie, "")
        request.state.session = opened(cookie, self.state.learners, self.state.key)
        if request.state.session is None and not request.url.path.startswith(OPEN):
            return self.refused(request)
        return self.app


def is_ours(host: str, names: Sequence[str]) -> bool:
    """Whether a host, with its port or without, has one of these names."""
    name, _, port = host.lower().partition(":")
    return name in names and (port.isdigit() or not port)


def is_foreign(request: Request) -> bool:
    """Whether a page that is not ours asks, for more than to be left for one of ours."""
    origin = request.headers.get("origin")
    if origin is not None and origin != f"http://{request.headers.get('host')}":
        return True
    if request.headers.get("sec-fetch-site", "none") in OWN:
        return False
    led_here = (
        request.headers.get("sec-fetch-mode") == "navigate" and request.headers.get("sec-fetch-dest") == "document"
    )
    return not (request.method == "GET" and led_here)


def in_time(receive: Receive) -> Receive:
    """The same, until the request is whole: then waiting is for the browser to leave, which may take as it likes."""
    until = time.monotonic() + BODY_SECONDS
    whole = False

    async def received() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout(until - time.monotonic()):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, "The request came too slowly.") from None
        whole = not message.get("more_body", False)
        return message

    return received


def with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    """Each answer with our headers; pages are kept by no cache, as they are for one reader."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sent
