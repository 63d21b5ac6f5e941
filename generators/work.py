"""How long a variant takes and what it is worth: from what there is to read and to compute in it.

The author's figures are for a typical variant; each variant's own lie beside them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from .model import DIFFICULTY

READING, OPERATION = 1 / 160, 0.15
"""Minutes for a word of the prompt and for an operation of the solution."""
HARDER, EASIER = 1.75, 0.6
"""From which share of the author's minutes on a variant is a level harder, and up to which a level easier."""
TWO, ONE = 3.0, 1.0
"""Minutes from which on a computation is worth two marks, and up to which one: GATE gives 1.8 minutes for a mark."""
_SIGN = re.compile(r"\\(?:cdot|times|frac|sum)|[·×+/*^]|(?<=[\d) ])[−-](?= ?[\d(])")
_IN_MATRIX = re.compile(r"\\begin\{bmatrix\}.*?\\end\{bmatrix\}")


def estimated(typical: float, prompt: str, steps: Sequence[str], key: Any, params: Mapping[str, Any]) -> float:
    """Minutes in halves: the geometric mean of what is `typical` for the generator and of the variant's own work."""
    operations = sum(len(_SIGN.findall(_IN_MATRIX.sub("", step))) for step in steps)
    if isinstance(key, (list, tuple)):
        operations += _entries(_size(key), {_size(value) for value in params.values()} - {0, 1})
    own = 0.3 + READING * len(prompt.split()) + OPERATION * operations
    return max(0.5, round(2 * math.sqrt(typical * own)) / 2)


def _entries(wanted: int, given: set[int]) -> int:
    """Operations for so many entries of a result: the smaller array (a filter) for each, or each entry given once."""
    return wanted * min(given) if len(given) > 1 else max(wanted, *given, 1)


def _size(value: Any) -> int:
    """Numbers in nested lists."""
    return sum(map(_size, value)) if isinstance(value, (list, tuple)) else 1


def worth(marks: int, minutes: float) -> int:
    """The marks of a computation that takes so long, where the generator's typical one has these."""
    return 2 if minutes >= TWO else 1 if minutes <= ONE else marks


def level(difficulty: str, minutes: float, typical: float) -> str:
    """The difficulty of a variant that takes so long, where the generator's typical one has this difficulty."""
    place = DIFFICULTY.index(difficulty) + (minutes > HARDER * typical) - (minutes < EASIER * typical)
    return DIFFICULTY[min(max(place, 0), len(DIFFICULTY) - 1)]
