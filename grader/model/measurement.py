"""What a check of time or memory found: part of the result record, apart because most gradings measure nothing."""

from __future__ import annotations

from dataclasses import field

from .record import Record, record


@record()
class Growth(Record):
    """How time grows with the size n: the power fitted at these sizes, and the one that suffices.

    `low` and `high` are the power's 95 % interval; None where the times leave it open.
    """

    sizes: list[int]
    power: float
    enough: int
    low: float | None = None
    high: float | None = None


@record()
class Roofline(Record):
    """Where a call stands below the machine's roof: operations per byte of inputs and outputs; rates per second.

    `what` says whose roof it is.
    """

    intensity: float
    rate: float
    peak_operations: float
    peak_bytes: float
    what: str = "this machine's peak on one core"

    @property
    def roof(self) -> float:
        """The most operations per second at this intensity."""
        return min(self.peak_operations, self.peak_bytes * self.intensity)


@record()
class Measurement(Record):
    """What a check of time or memory found; `kind` says which of both.

    `ratio` is to the reference's processor time with its 95 % interval, or to the inputs' memory; `wall_ratio` is by
    the wall clock, the only one that there is where `device` is `cuda`. `bytes` are the peak, or what was allowed on a
    GPU; `inputs` are those of the inputs. `seconds` are medians of one call, by who was timed; after `cut_off` seconds
    the submission was stopped. `rivals` are seconds of other ways, less those of a call that does nothing.
    """

    kind: str
    limit: float
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    wall_ratio: float | None = None
    rounds: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    cut_off: float | None = None
    growth: Growth | None = None
    bytes: int | None = None
    inputs: int | None = None
    rivals: dict[str, float] = field(default_factory=dict)
    roofline: Roofline | None = None
    device: str = "cpu"
