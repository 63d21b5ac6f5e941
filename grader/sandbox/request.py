"""One question to a worker, ready to be sent; and questions that it is sent before they are asked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import accumulate

from .inside.frames import Body
from .inside.ops import Op

PER_REQUEST = 1 << 10  # bytes that the system adds to each
MOST_KNOWN = 1 << 22  # bytes of questions ahead: little beside the memory that a submission may use


class Request:
    """One question: a random number, which cannot be guessed, and its frame; `size`: bytes that it takes on its way."""

    def __init__(self, body: Body):
        self.id = int.from_bytes(os.urandom(8), "little")
        self.frame = body.frame(self.id)
        self.size = sum(len(part) for part in self.frame) + PER_REQUEST


class KnownQuestions:
    """Questions that a worker has before a submission; each is then asked by its number, once.

    `announcement` says how many `frames` follow: the first ones, as far as there is room for them.
    """

    def __init__(self, questions: Sequence[Op] = ()):
        frames = [b"".join(op.body.frame(0)) for op in questions]
        room = [size <= MOST_KNOWN for size in accumulate(map(len, frames))]
        self.frames = b"".join(frames[: sum(room)])
        self.announcement = Body({"kind": "questions", "count": sum(room)}, [])
        known = enumerate(questions[: sum(room)])
        self._bodies = {question: Body({"kind": "question", "number": number}, []) for number, question in known}

    def body(self, question: Op) -> Body:
        """What asks it."""
        return self._bodies.pop(question, None) or question.body
