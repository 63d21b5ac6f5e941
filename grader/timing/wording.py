"""What is said to the student about time and memory: one or two sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.measurement import Growth, Measurement
from .statistics import Side

if TYPE_CHECKING:
    from .memory import Peak

NAMED = ((1.5, 2, "a needless factor of H·W"), (0.8, 1, "a needless factor of H or W"))  # powers apart, name
POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
AGAIN = "Too close to tell on this machine now, so this check does not count. Submit again for another try."


def time(found: Measurement, side: Side) -> str:
    """The ratio with its interval, and the limit."""
    limit = f"the limit is {found.limit:g} times"
    if found.cut_off is not None:
        reference = _span(found.seconds["reference"])
        return f"Stopped after {_span(found.cut_off)}; the reference takes {reference}, {limit}."
    if found.ratio is None:
        return f"The reference is too quick here to be told from the call itself. {AGAIN}"
    low, high = (f"{v:.3g}" if v is not None else "∞" for v in (found.low, found.high))
    clock = "processor time" if found.device == "cpu" else "time on the GPU"
    text = f"{found.ratio:.3g} times the reference's {clock} (95 % interval {low} to {high}); {limit}."
    if side is Side.OPEN:
        return f"{text} {AGAIN}"
    if side is not Side.BEYOND or found.ratio > found.limit:
        return text
    if found.high is None or found.high > found.limit:
        return f"{text} But one call in ten takes longer than that, and the reference's times are no reason for it."
    if found.wall_ratio is not None:
        return f"{text} But by the clock on the wall it takes {found.wall_ratio:.3g} times as long: it waits."
    return text


def _span(seconds: float) -> str:
    return f"{seconds:.2g} s" if seconds >= 0.1 else f"{1000 * seconds:.2g} ms"


def growth(found: Growth) -> str:
    """A needless factor by name, or nothing: `grows like n⁴ where n² suffices`."""
    for apart, factor, name in NAMED:
        if found.power - found.enough >= apart:
            return f"It grows like {_power(found.enough + factor)} where {_power(found.enough)} suffices: {name}."
    return ""


def _power(exponent: int) -> str:
    return "n" if exponent == 1 else f"n{str(exponent).translate(POWERS)}"


def memory(found: Peak, limit: float) -> str:
    """The peak as a multiple of the inputs, and the limit."""
    return (
        f"At its peak {found.share:.3g} times the inputs' memory ({found.bytes / 2**20:.1f} MiB for inputs of "
        f"{found.inputs / 2**20:.1f} MiB); the limit is {limit:g} times."
    )
