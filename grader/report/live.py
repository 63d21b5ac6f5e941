"""A line for each check as it is decided, on a terminal; they vanish when all are."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterator

from ..clean import clean
from ..model import CheckResult
from . import wording

MOST = 10  # lines at a time
BACK = "\x1b[{}F\x1b[J"  # up by so many lines, and clear what is below


@contextlib.contextmanager
def live() -> Iterator[Callable[[CheckResult], None]]:
    """What is told of each check's result, and writes it to stderr where that is a terminal that can erase it."""
    lines: deque[str] = deque(maxlen=max(1, min(MOST, shutil.get_terminal_size().lines - 2)))

    def decided(check: CheckResult) -> None:
        before = _erased(lines)
        title = " ".join(clean(check.title, 400).split())
        lines.append(f"{wording.sign(check)} {title}"[: shutil.get_terminal_size().columns - 1])
        _write(before + "".join(f"{line}\n" for line in lines))

    shown = sys.stderr.isatty() and sys.stdout.isatty() and os.environ.get("TERM") not in (None, "dumb")
    try:
        yield decided if shown else _nothing
    finally:
        _write(_erased(lines))


def _nothing(_check: CheckResult) -> None:
    """Nobody looks."""


def _erased(lines: deque[str]) -> str:
    return BACK.format(len(lines)) if lines else ""


def _write(text: str) -> None:
    if text:
        with contextlib.suppress(OSError, UnicodeEncodeError):
            sys.stderr.write(text)
            sys.stderr.flush()
