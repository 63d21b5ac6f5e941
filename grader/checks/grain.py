"""How exactly an answer is compared: as exactly as the coarsest numbers that it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ..sandbox.inside.ops import Op
from ..sandbox.inside.wire import Array, Ref
from .compare import Tolerance

COARSE = {  # elsewhere the exercise's own; of the largest expected value
    np.dtype("float32"): (1, Tolerance(rtol=1e-5, atol=1e-5, floor=1e-5)),  # sums of some hundred may cancel
    np.dtype("float16"): (2, Tolerance(rtol=2e-3, atol=2e-3, floor=1e-3)),
}
Grain = tuple[int, Tolerance]  # the larger the number, the coarser


class Grains:
    """The grain of each answer in a check. An object has that of all that it was given so far."""

    def __init__(self, usual: Tolerance):
        self._usual: Grain = (0, usual)
        self._of_objects: dict[int, Grain] = {}

    def tolerance(self, op: Op) -> Tolerance:
        """For the answer to this operation, which is noted."""
        parts = list(op.parts().values())
        found = self._coarsest(parts, self._usual)
        if found is not self._usual:
            kept = [] if op.keeps is None else [op.keeps]
            self._of_objects |= dict.fromkeys([*_refs(parts), *kept], found)
        return found[1]

    def _coarsest(self, values: Iterable[Any], so_far: Grain) -> Grain:
        for value in values:
            if isinstance(value, Array):
                found = COARSE.get(value.data.dtype)
            elif isinstance(value, Ref):
                found = self._of_objects.get(value.id)
            elif isinstance(value, (list, tuple, dict)):
                found = self._coarsest(value.values() if isinstance(value, dict) else value, so_far)
            else:
                continue
            so_far = found if found and found[0] > so_far[0] else so_far
        return so_far


def _refs(values: Iterable[Any]) -> Iterator[int]:
    for value in values:
        if isinstance(value, Ref):
            yield value.id
        elif isinstance(value, (list, tuple, dict)):
            yield from _refs(value.values() if isinstance(value, dict) else value)
