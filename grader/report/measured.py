"""What is said about a measurement of time or memory: one or two sentences, from its figures and the verdict."""

from __future__ import annotations

from ..model import Verdict
from ..model.measurement import Growth, Measurement

NAMED = {1: ": a needless factor of H or W", 2: ": a needless factor of H·W"}  # by how many powers are too much
POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
AGAIN = "Too close to tell on this machine now, so this check does not count. Submit again for another try."


def measured(found: Measurement, verdict: Verdict) -> str:
    """The figures and the limit."""
    if found.kind == "memory":
        return _memory(found)
    parts = [_time(found, verdict), growth(found.growth) if found.growth else ""]
    return " ".join(part for part in parts if part)


def _time(found: Measurement, verdict: Verdict) -> str:
    """The ratio with its interval, and the limit."""
    limit = f"the limit is {found.limit:g} times"
    if found.cut_off is not None:
        reference = _span(found.seconds["reference"])
        return f"Stopped after {_span(found.cut_off)}; the reference takes {reference}, {limit}."
    if found.ratio is None:
        return f"The reference is too quick here to be told from the call itself. {AGAIN}"
    low, high = (f"{v:.3g}" if v is not None else "∞" for v in (found.low, found.high))
    text = f"{found.ratio:.3g} times the reference's {_clock(found)} (95 % interval {low} to {high}); {limit}."
    if verdict is Verdict.INCONCLUSIVE:
        return f"{text} {AGAIN}"
    if verdict is not Verdict.TIME_LIMIT or found.ratio > found.limit:
        return text
    if found.high is None or found.high > found.limit:
        return f"{text} But one call in ten takes longer than that, and the reference's times are no reason for it."
    if found.wall_ratio is not None:
        return f"{text} But by the clock on the wall it takes {found.wall_ratio:.3g} times as long: it waits."
    return text


def _clock(found: Measurement) -> str:
    """Which clock decided: the one on the wall, where the system has no other, stands for both."""
    if found.device != "cpu":
        return "time on the GPU"
    return "time on the wall" if found.ratio == found.wall_ratio else "processor time"


def _span(seconds: float) -> str:
    return f"{seconds:.2g} s" if seconds >= 0.1 else f"{1000 * seconds:.2g} ms"


def growth(found: Growth) -> str:
    """What its interval allows: `grows like n⁴ where n² suffices` and the factor, `about n³ to n⁴`, or nothing."""
    if found.low is None or found.high is None or (least := round(found.low)) <= found.enough:
        return ""
    if least == (most := round(found.high)):
        name = NAMED.get(least - found.enough, "")
        return f"It grows like {_power(least)} where {_power(found.enough)} suffices{name}."
    return f"It grows like about {_power(least)} to {_power(most)} where {_power(found.enough)} suffices."


def _power(exponent: int) -> str:
    return "n" if exponent == 1 else f"n{str(exponent).translate(POWERS)}"


def _memory(found: Measurement) -> str:
    """The peak as a multiple of the inputs, and the limit; on a GPU the limit alone is known."""
    size, inputs = (found.bytes or 0) / 2**20, (found.inputs or 0) / 2**20
    if found.device != "cpu":
        return f"It makes do with {found.limit:g} times the inputs' memory ({size:.0f} MiB) on the GPU."
    return (
        f"At its peak {found.ratio or 0:.3g} times the inputs' memory ({size:.1f} MiB for inputs of "
        f"{inputs:.1f} MiB); the limit is {found.limit:g} times."
    )
