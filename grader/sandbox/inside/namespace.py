"""What the names and numbers in an operation stand for on one side: its modules, and the objects that it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

from .fresh import FreshFunctions
from .wire import Array, Name, Ref, span

BETWEEN = 77  # what lies between the elements of an array with gaps


class MissingName(Exception):
    """The submission does not define this name."""


class Namespace:
    """The modules in `scopes`, and objects under the numbers that the caller chose."""

    def __init__(self, scopes: Mapping[str, ModuleType | FreshFunctions]):
        self.scopes = scopes
        self.objects: dict[int, Any] = {}

    def resolve(self, value: Any) -> Any:
        """A value from the wire → what the code is called with: own copies of arrays, kept objects for refs."""
        if isinstance(value, Array):
            return _materialise(value)
        if isinstance(value, Ref):
            return self.objects[value.id]
        if isinstance(value, Name):
            return self.lookup(value)
        if isinstance(value, (list, tuple)):
            return type(value)(self.resolve(v) for v in value)
        if isinstance(value, dict):
            return {k: self.resolve(v) for k, v in value.items()}
        return value

    def lookup(self, name: Name) -> Any:
        """The object that a module defines under this name. Raises MissingName."""
        try:
            return getattr(self.scopes[name.scope], name.name)
        except AttributeError:
            raise MissingName(name.name) from None


def _materialise(value: Array) -> Any:
    """A fresh writable array, NumPy scalar or torch tensor."""
    data = np.array(value.data, copy=True) if value.strides is None else _laid_out(value.data, value.strides)
    if value.kind == "tensor":
        import torch

        return torch.from_numpy(data).requires_grad_(value.requires_grad)
    if value.strides is not None and 0 in value.strides:
        data.flags.writeable = False  # as `np.broadcast_to` gives it
    return data[()] if value.kind == "scalar" else data


def _laid_out(values: np.ndarray, strides: tuple[int, ...]) -> np.ndarray:
    """The same values in memory with these strides, in elements."""
    first, size = span(values.shape, strides)
    memory = np.full(size, BETWEEN, values.dtype)
    steps = [step * memory.itemsize for step in strides]
    laid_out = np.lib.stride_tricks.as_strided(memory[first:], values.shape, steps)
    laid_out[...] = values
    return laid_out
