"""Values as Python that makes them again: short, exact, and laid out in memory as they were."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..sandbox.inside.wire import Array, strides_of
from .layouts import laid_out
from .values import USUAL

MOST = 24  # numbers of an array that are written out
FEW = 1  # that is as easy to read as `ones`
SOME = 6  # that are as easy to read as a formula
WIDTH = 100  # of a line


def ramp(shape: tuple[int, ...]) -> np.ndarray:
    """1, 2, 3 … in C order: an array that a formula gives."""
    return np.arange(1, math.prod(shape) + 1).reshape(shape)


def wave(shape: tuple[int, ...]) -> np.ndarray:
    """−3/4, −1/2 … 3/4, over and over in C order: weights that a formula gives."""
    return (np.arange(math.prod(shape)) % 7 - 3).reshape(shape) / 4


def scattered(shape: tuple[int, ...]) -> np.ndarray:
    """Each whole number from 0 on once, in no order that one sees: pixels of which no two are equal."""
    size = math.prod(shape)
    return (np.arange(size) * _stride(size) % max(size, 1)).reshape(shape)


def _stride(size: int) -> int:
    """Prime to `size`, and about 0.38 of it: neighbours are far apart."""
    return next(k for k in range(max(size * 8 // 21, 1), size + 2) if math.gcd(k, size) == 1)


class Code:
    """Writes values in the form of `sandbox/inside/wire.py` as code, and counts the numbers in arrays."""

    def __init__(self) -> None:
        self.numbers = 0

    def text(self, value: Any) -> str:
        """One value, in one line unless it has a large array."""
        match value:
            case Array():
                return self.array(value)
            case list():
                self.numbers += sum(type(v) in (int, float) for v in value)
                return f"[{', '.join(map(self.text, value))}]"
            case tuple():
                return f"({', '.join(map(self.text, value))}{',' * (len(value) == 1)})"
            case dict():
                return f"{{{', '.join(f'{k!r}: {self.text(v)}' for k, v in value.items())}}}"
            case float() if not math.isfinite(value):
                return f'float("{value}")'
        return repr(value)

    def array(self, value: Array) -> str:
        """An array, a tensor or a NumPy scalar."""
        data, torch = value.data, value.kind == "tensor"
        if value.kind == "scalar":
            return f"np.{data.dtype.name}({_number(data[()])})"
        code = self._laid_out(data, value.strides, torch)
        return f"{code}.requires_grad_()" if value.requires_grad else code

    def _laid_out(self, data: np.ndarray, strides: tuple[int, ...] | None, torch: bool) -> str:
        if strides is None or data.size < 2:
            return self._in_order(data, torch)
        if 0 in strides:
            row = self._in_order(data[tuple(slice(0, None if step else 1) for step in strides)], torch)
            return f"{row}.expand{data.shape}" if torch else f"np.broadcast_to({row}, {data.shape})"
        if not torch and strides == strides_of(np.asfortranarray(data)):
            return f"np.asfortranarray({self._in_order(data, torch)})"
        if all(step < 0 for step in strides):
            return f"{self._in_order(np.flip(data), torch)}[{', '.join(['::-1'] * data.ndim)}]"
        return laid_out(data, strides, lambda part: self._in_order(part, torch), torch=torch)

    def _in_order(self, data: np.ndarray, torch: bool) -> str:
        if formula := _formula(data, "torch" if torch else "np"):
            return formula
        self.numbers += data.size
        maker = "torch.tensor" if torch else "np.array"
        return f"{maker}({_nested(data, len(maker) + 1)}{_dtype(data, USUAL[maker])})"


def _formula(data: np.ndarray, module: str) -> str:
    """How an array of one number, or of the numbers that a formula gives, is made; nothing for any other."""
    first = "float32" if module == "torch" else "float64"
    same = data.size == 0 or bool((data == data.flat[0]).all())
    if same and (data.size > FEW or data.size == 0):
        value: Any = data.flat[0] if data.size else 0
        maker = {0: "zeros", 1: "ones"}.get(value.item() if data.size else 0, "full")
        filled = f", {_number(value)}" if maker == "full" else ""
        usual = (first, "int64") if filled else (first,)
        return f"{module}.{maker}({data.shape}{filled}{_dtype(data, usual, module)})"
    if data.size <= SOME:
        return ""
    if np.array_equal(data, ramp(data.shape)):
        dot = ".0" if data.dtype.kind == "f" else ""
        dtype = _dtype(data, (first, "int64"), module)
        return f"{module}.arange(1{dot}, {data.size + 1}{dot}{dtype}).reshape{data.shape}"
    if np.array_equal(data, scattered(data.shape)):
        cast = _cast(data, "int64", module)
        return f"({module}.arange({data.size}) * {_stride(data.size)} % {data.size}).reshape{data.shape}{cast}"
    if np.array_equal(data, wave(data.shape)):
        cast = _cast(data, first, module)
        return f"(({module}.arange({data.size}) % 7 - 3) / 4).reshape{data.shape}{cast}"
    return ""


def _cast(data: np.ndarray, usual: str, module: str) -> str:
    return "" if data.dtype.name == usual else f".{'to' if module == 'torch' else 'astype'}({module}.{data.dtype})"


def _dtype(data: np.ndarray, usual: tuple[str, ...], module: str = "") -> str:
    module = module or ("torch" if usual[0] == "float32" else "np")
    return "" if data.dtype.name in usual else f", dtype={module}.{data.dtype.name}"


def _nested(data: np.ndarray, indent: int) -> str:
    """Numbers as nested lists: in one line if that fits, else a line for each row."""
    line = _one_line(data)
    if len(line) <= WIDTH - indent or data.ndim < 2:
        return line
    between = ",\n" + " " * (indent + 1)
    return f"[{between.join(_nested(part, indent + 1) for part in data)}]"


def _one_line(data: np.ndarray) -> str:
    return _number(data[()]) if data.ndim == 0 else f"[{', '.join(map(_one_line, data))}]"


def _number(value: Any) -> str:
    """A number exactly; NaN and infinity as Python has them."""
    if isinstance(value, np.floating) and not np.isfinite(value):
        return f'float("{value}")'
    return str(value)
