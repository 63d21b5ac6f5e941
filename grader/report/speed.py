"""Pictures of speed: bars of who took how long, and the roofline. Numbers in, coordinates out; the page draws them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..model.measurement import Measurement, Roofline

LEAST = 1e-7  # seconds: what is shorter is drawn as this
WIDTH, HEIGHT = 320.0, 180.0  # of the roofline
DECADES = 5.0  # of operations per byte, around the call's


@dataclass(frozen=True)
class SpeedBar:
    """One row: its name, its time in words, and its width in per cent of the longest, on a logarithmic scale."""

    name: str
    time: str
    width: float
    own: bool


def bars(found: Measurement) -> list[SpeedBar]:
    """Submission, reference and other ways, quickest first; nothing where only the reference is known."""
    null = found.seconds.get("null", 0.0)
    times = {"yours": found.seconds.get("submission"), "the reference": found.seconds.get("reference")}
    known = {name: max(value - null, LEAST) for name, value in times.items() if value is not None} | found.rivals
    if len(known) < 2 or "yours" not in known:
        return []
    low = math.log10(min(max(v, LEAST) for v in known.values())) - 0.5
    high = math.log10(max(known.values()))
    return [
        SpeedBar(name, span(took), round(100 * (math.log10(max(took, LEAST)) - low) / (high - low), 1), name == "yours")
        for name, took in sorted(known.items(), key=lambda item: item[1])
    ]


def span(seconds: float) -> str:
    """A time in its unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


@dataclass(frozen=True)
class RooflinePicture:
    """The roof as points of a line, the call's place below it, and the words for it."""

    roof: str
    x: float
    y: float
    width: float
    height: float
    caption: str


def roofline(found: Roofline) -> RooflinePicture:
    """Both axes logarithmic; the call's operations per byte in the middle."""
    left = math.log10(found.intensity) - DECADES / 2
    top = math.log10(found.peak_operations) + 0.3
    bottom = min(math.log10(max(found.rate, 1.0)), top - 3) - 0.3

    def place(intensity: float, rate: float) -> tuple[float, float]:
        x = WIDTH * (math.log10(intensity) - left) / DECADES
        y = HEIGHT * (top - math.log10(max(rate, 1.0))) / (top - bottom)
        return round(x, 1), round(min(y, HEIGHT), 1)

    first, last = 10**left, 10 ** (left + DECADES)
    ridge = min(max(found.peak_operations / found.peak_bytes, first), last)
    corners = [place(i, min(found.peak_operations, found.peak_bytes * i)) for i in (first, ridge, last)]
    x, y = place(found.intensity, found.rate)
    bound = "memory" if found.peak_bytes * found.intensity < found.peak_operations else "arithmetic"
    caption = (
        f"Roofline: {found.rate / 1e9:.3g} of at most {found.roof / 1e9:.3g} GFLOP/s, {found.rate / found.roof:.1%} of "
        f"{found.what}; at {found.intensity:.2g} FLOP per byte {bound} is the limit."
    )
    return RooflinePicture(" ".join(f"{a},{b}" for a, b in corners), x, y, WIDTH, HEIGHT, caption)
