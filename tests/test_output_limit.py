"""A limit that is noticed when an answer is there already: nobody has waited yet."""

from __future__ import annotations

from collections.abc import Iterator

from grader.model import Limits
from grader.model.findings import Quantity
from grader.sandbox.meter import Usage
from grader.sandbox.watch import Watch


class LoudMeter:
    """Of a process that uses nothing."""

    blind = False

    def usage(self) -> Usage:
        return Usage(cpu=0.0, resident=0, threads=1)

    def starved(self) -> float:
        return 0.0


class LoudLink:
    """A worker that has printed more than it may."""

    meter = LoudMeter()

    def printed(self) -> Iterator[bytes]:
        yield b"x" * 2048


def test_what_is_printed_too_much_while_a_file_is_loaded_interrupts_it():
    interrupted: list[bool] = []
    watch = Watch(LoudLink(), Limits(output_kib=1))
    watch.begin_loading(lambda: interrupted.append(True))
    watch.drain()
    assert interrupted == [True]
    assert [limit.quantity for limit in watch.interrupted] == [Quantity.OUTPUT]
