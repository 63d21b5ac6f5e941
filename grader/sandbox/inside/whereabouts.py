"""Where a call is that does not come to its end: which loop goes round and round. It is shown, and decides nothing."""

from __future__ import annotations

import ast
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any, NamedTuple

from .places import shown
from .strays import parsed

SECONDS = 0.1  # of processor time, for which it is watched
ROUNDS = 2  # of a loop, by which it is known to go on
MOST_TEXT = 300


class RunningLine(NamedTuple):
    """A line of the submission's that runs; `loop` where it begins one, by its keyword."""

    code: CodeType
    line: int
    loop: str = ""


class Whereabouts:
    """Watches the lines of a folder's files that run, from one moment on; then calls `tell` with the place."""

    def __init__(self, folder: str, frame: FrameType | None, tell: Callable[[list[Any]], object]):
        self.folder, self.tell = folder, tell
        self.frames = [f for f in _outwards(frame) if f.f_code.co_filename.startswith(folder)]
        self.spots = [spot for f in reversed(self.frames) for spot in _spots(f)]
        self.seen: Counter[tuple[CodeType, int]] = Counter()
        self.until = time.process_time() + SECONDS

    def watch(self) -> None:
        """Note what runs from now on."""
        for frame in self.frames:
            frame.f_trace = self._noted
        sys.settrace(self._called)

    def _called(self, frame: FrameType, _event: str, _argument: object) -> Any:
        return self._noted if frame.f_code.co_filename.startswith(self.folder) else None

    def _noted(self, frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line":
            self.seen[frame.f_code, frame.f_lineno] += 1
        if time.process_time() > self.until:
            self.told()
        return self._noted

    def told(self) -> None:
        """Tell the place: line, text, file, function."""
        sys.settrace(None)
        spot = self._spot()
        if spot is not None:
            file = spot.code.co_filename
            text = _lines(file)[spot.line - 1 : spot.line]
            text = [line.strip().removesuffix(":")[:MOST_TEXT] for line in text] or [""]
            self.tell([spot.line, text[0], shown(file, self.folder), spot.code.co_name])

    def _spot(self) -> RunningLine | None:
        """The outermost loop that goes round; else the innermost that has begun; else the line."""
        going = [s for s in self.spots if s.loop and self.seen[s.code, s.line] >= ROUNDS]
        for keyword in ("while", "for"):
            for spot in going:
                if spot.loop == keyword:
                    return spot
        loops = [s for s in self.spots if s.loop]
        return loops[-1] if loops else self.spots[-1] if self.spots else None


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _spots(frame: FrameType) -> Iterator[RunningLine]:
    """The loops that a frame is in, outermost first, and its line."""
    code, line = frame.f_code, frame.f_lineno
    try:
        tree = parsed("\n".join(_lines(code.co_filename)).encode(), code.co_filename).tree
    except (SyntaxError, ValueError, RecursionError):
        tree = ast.Module([], [])
    found = [n for n in ast.walk(tree) if isinstance(n, (ast.While, ast.For)) and _holds(n, code, line)]
    for node in sorted(found, key=lambda n: n.lineno):
        yield RunningLine(code, node.lineno, "while" if isinstance(node, ast.While) else "for")
    yield RunningLine(code, line)


def _holds(loop: ast.stmt, code: CodeType, line: int) -> bool:
    """Whether this loop of the code's own holds the line."""
    return max(loop.lineno, code.co_firstlineno) == loop.lineno and loop.lineno <= line <= (loop.end_lineno or 0)


def _lines(file: str) -> list[str]:
    try:
        with open(file, encoding="utf-8", errors="replace") as source:
            return source.read().splitlines()
    except OSError:
        return []
