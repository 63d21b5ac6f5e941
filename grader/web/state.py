"""What the server knows: who may work here, and what grades. Every request finds it as `request.app.state.server`."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .grading import Desk
from .people import Learner

PORT = 8417


@dataclass
class ServerState:
    """One server. `learners` are all who may work here, by key: on someone's own machine it is one.

    `key` signs cookies, `folder` is where learners' data is kept, `desk` takes their work. What is saved in the folder
    `watched` is graded as the work of whose machine this is. `hosts` are the names that a browser may call it by.
    `ending` tells answers that go on and on when to end.
    """

    learners: dict[str, Learner]
    key: bytes
    folder: Path
    desk: Desk
    port: int = PORT
    watched: Path | None = None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    ending: Callable[[], bool] = bool
    _tokens: dict[str, str] = field(default_factory=dict)  # token → a learner's key

    @property
    def cookie(self) -> str:
        """The session cookie's name: browsers send cookies to all ports of a machine alike."""
        return f"grade-{self.port}"

    def invited(self, learner: Learner) -> str:
        """A new token, with which one browser signs in as this learner, once."""
        token = secrets.token_urlsafe(24)
        self._tokens[token] = learner.key
        return token

    def admitted(self, token: str) -> Learner | None:
        """Whose token it is; it is used up by that."""
        known = next((t for t in self._tokens if hmac.compare_digest(t.encode(), token.encode())), None)
        return None if known is None else self.learners.get(self._tokens.pop(known))
