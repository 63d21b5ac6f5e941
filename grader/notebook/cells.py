"""The cells that a kernel has run, without the lines that ask for a grade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

OURS = re.compile(
    r"^[ \t]*(?:%%grade\b.*|%grade\b.*|%(?:re)?load_ext[ \t]+grader\b.*|import[ \t]+grader\b.*|from[ \t]+grader\b.*"
    r"|.*\bgrader\.check\(.*)$\n?",
    re.MULTILINE,
)


def cells(shell: Any) -> list[str]:
    """What ran in this IPython shell so far, the running cell too, in order."""
    return without_ours(shell.history_manager.input_hist_raw)


def without_ours(sources: Iterable[str]) -> list[str]:
    """Sources without our own lines, and without cells in which nothing else is."""
    own = (OURS.sub("", source) for source in sources)
    return [source for source in own if source.strip()]
