"""What the names and numbers in an operation stand for on one side: its modules, and the objects that it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

from .fresh import FreshFunctions
from .wire import Array, Name, Ref


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
    if value.kind == "tensor":
        import torch

        return torch.from_numpy(np.array(value.data, copy=True)).requires_grad_(value.requires_grad)
    data = np.array(value.data, copy=True)
    return data[()] if value.kind == "scalar" else data
