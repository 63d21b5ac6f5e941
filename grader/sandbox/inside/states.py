"""What a call may not change in its arguments: values, dtype, strides, and what autograd keeps beside them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from .wire import Ref


def state(value: Any, objects: Mapping[int, Any]) -> Any:
    """An argument as it is now: arrays and tensors as dicts of what must stay, other objects as the numbers they have.

    Lists and dicts are followed: an entry that is added, taken away or moved is a change. `objects` are those that are
    kept, by number; what is in another object is its own matter.
    """
    if isinstance(value, np.ndarray):
        return {"values": value, "dtype": str(value.dtype), "strides": value.strides}
    if isinstance(value, (list, tuple)):
        return [state(v, objects) for v in value]
    if isinstance(value, dict):
        return {str(key): state(v, objects) for key, v in value.items()}
    if value is None or isinstance(value, (bool, int, float, str, np.generic)):
        return value
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        return {"values": value, "dtype": str(value.dtype), "strides": value.stride(), "grad": value.grad}
    return next((Ref(number) for number, kept in objects.items() if kept is value), None)
