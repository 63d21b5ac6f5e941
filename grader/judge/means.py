"""What it takes to explain what a submission failed; apart from what explains, which few submissions need imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..explain.lines import LineSearch


@dataclass(frozen=True)
class Explaining:
    """How what was failed is explained.

    `renew` has the next question go to a process in which nothing was asked before; `lines` looks for the lines that
    are wrong, if they are to be looked for.
    """

    renew: Callable[[], object] = bool
    lines: LineSearch | None = None
