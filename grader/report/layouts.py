"""How an array lies in memory, as Python that lays it out so again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def laid_out(
    data: np.ndarray, strides: tuple[int, ...], write: Callable[[np.ndarray], str], *, torch: bool = False
) -> str:
    """An array with these strides (in elements), where `write` gives the code of one in C order."""
    if 0 in strides:
        repeated, shape = write(data[..., :1, :]), data.shape
        return f"{repeated}.expand({shape})" if torch else f"np.broadcast_to({repeated}, {shape})"
    code = write(data)
    if any(step < 0 for step in strides):
        return f"np.flip(np.flip({code}).copy())"
    if 1 not in strides:
        return f"{code}.repeat_interleave(2, -1)[..., ::2]" if torch else f"np.repeat({code}, 2, -1)[..., ::2]"
    there = tuple(int(axis) for axis in np.argsort([-step for step in strides], kind="stable"))
    back = tuple(int(axis) for axis in np.argsort(there))
    turn, copy = ("permute", "contiguous") if torch else ("transpose", "copy")
    return f"{code}.{turn}{there}.{copy}().{turn}{back}"
