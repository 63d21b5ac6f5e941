"""How much answers tell: what holds for all zeros, or one and the same number, may hold by chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..checks.compare import as_array
from ..sandbox.inside.wire import Array
from .asked import AskedCase

DIFFERENT = 4  # numbers, before answers of one number tell something
ENOUGH = 8  # values of a case on which relations are tried first


def _telling(asked: AskedCase) -> int:
    """How many values the wrong answers should have had: a case with few may be right by chance."""
    return len({v for e in asked.failed for v in _values(asked.part(e.expected))}) if asked.answers_only else -1


def order(asked: AskedCase) -> tuple[bool, int]:
    """Small cases that tell enough come first, as each relation is tried on the first one; then what tells most."""
    values = _telling(asked)
    return values < ENOUGH, values if values >= ENOUGH else -values


def evidence(answers: Sequence[Sequence[Any] | None]) -> int:
    """How many cases have an answer of several values; or a plain number, if these are not always the same few."""
    values = [tuple(v for answer in found or () for v in _values(answer)) for found in answers]
    plain = [v for v, found in zip(values, answers, strict=True) if found and all(map(_is_number, found))]
    several = sum(len(set(v)) > 1 for v in values)
    return several + (sum(len(v) == 1 for v in plain) if len(set(plain)) >= DIFFERENT else 0)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) or (isinstance(value, Array) and value.data.ndim == 0)


def _values(value: Any) -> list[float]:
    if isinstance(value, (list, tuple, dict)):
        return [v for part in (value.values() if isinstance(value, dict) else value) for v in _values(part)]
    array = as_array(value, tensors=True) if isinstance(value, (Array, int, float)) else None
    return [] if array is None else np.asarray(array, np.float64).ravel()[:1000].tolist()
