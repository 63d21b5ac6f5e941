"""Run the server: bind, print the link, open the browser, serve until Ctrl-C."""

from __future__ import annotations

import contextlib
import getpass
import os
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from ..batch.farm import open_farm
from ..batch.local import cores
from ..errors import FULL, GraderError
from ..gradebook.tries import KeptTries
from ..practice.place import kept
from .app import make_app
from .grading import Desk, GradingNeeds
from .parsing import one_at_a_time
from .people import Learner, kept_key
from .pool import GradingPool
from .state import PORT, ServerState
from .watching import watching

ADDRESS = "127.0.0.1"
TRIED = 20  # ports, from the usual one on
BACKLOG, MOST_AT_ONCE = 128, 256  # connections
GRACE = 1  # seconds for pages that are open when the server ends
OWNER, WARM = "me", "conv"  # an exercise in NumPy, as most are
TRIES = "tries.sqlite"


@dataclass(frozen=True)
class ServeOptions:
    """How to serve. `port` None: the usual one, or the next that is free. `opens`: a browser is opened."""

    watched: Path | None
    port: int | None
    opens: bool
    needs: GradingNeeds


def serve(options: ServeOptions, say: Callable[[str], object]) -> int:
    """Serve until Ctrl-C; returns the exit code. `say` prints a line for who started it. Raises GraderError."""
    me = Learner(OWNER, getpass.getuser())
    one_at_a_time()
    key = kept_key(kept())
    with (
        contextlib.closing(bound(options.port)) as listening,
        KeptTries.open(kept() / TRIES) as tries,
        open_farm(processes(), None) as farm,
    ):
        port = listening.getsockname()[1]
        desk = Desk(GradingPool(farm), tries, options.needs, me.key)
        state = ServerState({me.key: me}, key, kept(), desk, port, options.watched)
        link = f"http://{ADDRESS}:{port}/enter?token={state.invited(me)}"
        say(f"Open this link; it works once:\n\n    {link}\n\nCtrl-C ends the server.")
        if options.opens:
            webbrowser.open(link)
        farm.warm_up(WARM, layer=options.needs.layer)
        with watching(state.watched, desk, me) if state.watched else contextlib.nullcontext():
            run(state, listening)
    return FULL


def processes() -> int:
    """How many grade at a time: each has a sandbox beside it."""
    return max(1, min(4, cores() // 2))


def run(state: ServerState, listening: socket.socket) -> None:
    """Serve until the process is asked to end."""
    config = uvicorn.Config(
        make_app(state),
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=GRACE,
    )
    running = uvicorn.Server(config)
    state.ending = lambda: running.should_exit
    with contextlib.suppress(KeyboardInterrupt):
        running.run(sockets=[listening])


def bound(port: int | None) -> socket.socket:
    """A socket that listens on this machine alone: browsers that come early wait. Raises GraderError."""
    for tried in [port] if port is not None else range(PORT, PORT + TRIED):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name != "nt")
        try:
            listening.bind((ADDRESS, tried))
            listening.listen(BACKLOG)
            return listening
        except OSError as error:
            listening.close()
            reason = error.strerror
    which = f"port {port}" if port is not None else f"ports {PORT} to {PORT + TRIED - 1}"
    raise GraderError(f"{which}: {reason}. Is the server running already? --port N takes another one.")
