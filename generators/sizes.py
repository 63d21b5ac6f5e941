"""The formula of the output size, solved for what is unknown in it, and the ways in which it is misremembered."""

from __future__ import annotations

from collections.abc import Callable

from .shapes import floor_size

Size = Callable[[int, int, int, int], int]
"""From W, F, P, S to the output width."""


def right(W: int, F: int, P: int, S: int) -> int:
    """Windows of F on W pixels with P more at both ends, in steps of S; incomplete ones are dropped."""
    return floor_size(W - F + 2 * P, S)


MISREAD: dict[str, tuple[Size, str, str]] = {
    "plus-one-forgotten": (lambda W, F, P, S: (W - F + 2 * P) // S, "⌊(W − F + 2P)/S⌋", "the first window counts too"),
    "padding-once": (lambda W, F, P, S: (W - F + P) // S + 1, "⌊(W − F + P)/S⌋ + 1", "padding is on both sides"),
    "padding-forgotten": (lambda W, F, P, S: (W - F) // S + 1, "⌊(W − F)/S⌋ + 1", "the input is padded"),
    "kernel-forgotten": (lambda W, F, P, S: (W + 2 * P) // S + 1, "⌊(W + 2P)/S⌋ + 1", "the window itself takes F"),
    "ceil-for-floor": (lambda W, F, P, S: -(-(W - F + 2 * P) // S) + 1, "⌈(W − F + 2P)/S⌉ + 1",
                       "an incomplete last window is dropped"),
    "both-ends-added": (lambda W, F, P, S: (W - F + 2 * P) // S + 2, "⌊(W − F + 2P)/S⌋ + 2",
                        "only the first window is no step"),
    "one-subtracted": (lambda W, F, P, S: (W - F + 2 * P) // S - 1, "⌊(W − F + 2P)/S⌋ − 1", "the first window adds 1"),
    "one-before-division": (lambda W, F, P, S: (W - F + 2 * P + 1) // S, "⌊(W − F + 2P + 1)/S⌋",
                            "the 1 is added after dividing"),
    "half-kernel": (lambda W, F, P, S: (W - F // 2 + 2 * P) // S + 1, "⌊(W − ⌊F/2⌋ + 2P)/S⌋ + 1",
                    "the whole window has to fit"),
    "stride-as-gap": (lambda W, F, P, S: (W - F + 2 * P) // (S + 1) + 1, "⌊(W − F + 2P)/(S + 1)⌋ + 1",
                      "a window moves by S, not by S + 1"),
    "kernel-and-padding-ignored": (lambda W, F, P, S: W // S, "⌊W/S⌋", "the filter and the padding count"),
}  # fmt: skip
"""Slug: the formula, how it is written, what it overlooks."""


def solutions(ask: str, wanted: int, W: int, F: int, P: int, S: int, size: Size = right) -> list[int]:
    """All values of the unknown (F, P or S), from small to large, that fit on the input and give the wanted output."""
    tries = [{"F": F, "P": P, "S": S} | {ask: value} for value in range(ask != "P", W + 2 * P + 1)]
    return [t[ask] for t in tries if W + 2 * t["P"] >= t["F"] and size(W, t["F"], t["P"], t["S"]) == wanted]
