"""Who looks at a page, and how a browser proves it: a signed cookie, and a token in each form."""

from __future__ import annotations

import base64
import hmac
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import OURS, GraderError

KEY = "serve.key"
KEY_BYTES = 32
MOST_AGE = 30 * 24 * 3600  # seconds for which a browser stays signed in


@dataclass(frozen=True)
class Learner:
    """Someone who works here: `key` is what their rows are kept under, `name` what they read."""

    key: str
    name: str


@dataclass(frozen=True)
class BrowserSession:
    """One browser that has signed in: whose it is, and the token that its forms carry."""

    learner: Learner
    csrf: str


def kept_key(folder: Path) -> bytes:
    """The key that cookies are signed with, made at the first start: a browser stays signed in when the server starts
    again. Raises GraderError."""
    path = folder / KEY
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(os.urandom(KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        raise GraderError(f"cannot keep {path}: {error.strerror}", OURS) from error
    if len(key) != KEY_BYTES:
        raise GraderError(f"{path} is not the grader's key: delete it and start again")
    return key


def sealed(learner: Learner, key: bytes) -> str:
    """A new session of this learner, as a cookie's value: who, when, at random, and a signature over these."""
    who = base64.urlsafe_b64encode(learner.key.encode()).decode().rstrip("=")
    said = f"{who}.{int(time.time())}.{os.urandom(12).hex()}"
    return f"{said}.{_signature(said, key)}"


def opened(value: str, learners: Mapping[str, Learner], key: bytes) -> BrowserSession | None:
    """The session that a cookie's value stands for; None where it was not signed here, or is too old."""
    said, _, signature = value.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(said, key).encode()):
        return None
    who, since, _ = said.split(".")
    learner = learners.get(base64.urlsafe_b64decode(who + "=" * (-len(who) % 4)).decode())
    if learner is None or time.time() - int(since) > MOST_AGE:
        return None
    return BrowserSession(learner, _signature(f"form {value}", key))


def _signature(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), "sha256").hexdigest()
