"""Fresh inputs for the checks, reproducible from the submission's seed and the check's name."""

from __future__ import annotations

import hashlib
import math
from functools import cached_property, lru_cache
from zlib import crc32

import numpy as np

REAL = "float64 float32 int64 int32 int16 int8 uint8 uint16 uint32 uint64 float16".split()  # simplest first
LAYOUTS = "C F reversed sliced broadcast".split()
INTEGERS = {"int": int, "np.int64": np.int64}  # what sizes, strides and paddings may be
DIGITS = 1 << 12  # in the row from which a seed's small numbers are read


class Draw:
    """Random inputs that hide nothing: no zeros, no ties, no symmetry, both signs.

    `array` gives multiples of 1/16, so that sums of products are exact in float32 as well and a submission is never
    marked down for its precision.
    """

    def __init__(self, seed: int, name: str):
        self.seed, self.name = seed, name
        self._at = crc32(name.encode())

    @cached_property
    def rng(self) -> np.random.Generator:
        """What all but the digits are drawn from; made when first used."""
        digest = hashlib.blake2b(f"{self.seed}/{self.name}".encode(), digest_size=16).digest()
        return np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "little")))

    def of(self, part: object) -> Draw:
        """Inputs of its own for a part of the check: the same for this part, whatever else is drawn."""
        return Draw(self.seed, f"{self.name}/{part}")

    def digits(
        self, *shape: int, dtype: str = "float64", layout: str = "C", scale: float = 1, start: int = 0
    ) -> np.ndarray:
        """Small numbers of this shape and dtype; times `scale`, plus `start`. `layout` is as in `laid_out`.

        Whole ones in ±1 … ±9, 1 … 9 for unsigned types; ±0.5 … ±8.5 for floating point, so that none is whole.
        """
        row, count = _digits(self.seed), math.prod(shape)
        if count > DIGITS:
            row = np.resize(row, 2 * count)
        self._at %= len(row) - count + 1
        values = row[self._at : self._at + count].reshape(shape)
        values = scale * (values - np.sign(values) / 2 if dtype[0] == "f" else values)
        self._at += count + 1
        return laid_out((start + (np.abs(values) if dtype[0] == "u" else values)).astype(dtype), layout)

    def large(self, *shape: int, dtype: str, layout: str = "C") -> np.ndarray:
        """Positive numbers of this dtype so large that twice as much does not fit (2⁴⁰, and 2⁸ for floating point)."""
        top = 1 << 8 if dtype.startswith("float") else min(int(np.iinfo(dtype).max), 1 << 40)
        return laid_out((top - self.digits(*shape, dtype="uint64").astype(np.int64)).astype(dtype), layout)

    def lowest(self, *shape: int, dtype: str, layout: str = "C") -> np.ndarray:
        """The smallest numbers of this dtype and up to 8 more: from 0 on for unsigned ones, from −128 for int8.

        For int64 and floating point they are at −2⁴⁰, for float16 at −2¹⁵: of two the sum does not fit.
        """
        whole = not dtype.startswith("float")
        low = max(int(np.iinfo(dtype).min), -(1 << 40)) if whole else -(1 << (15 if dtype == "float16" else 40))
        return laid_out((low - 1 + self.digits(*shape, dtype="uint64").astype(np.int64)).astype(dtype), layout)

    def ranks(self, *shape: int, dtype: str = "float64", layout: str = "C") -> np.ndarray:
        """The numbers 1, 2, … in any order, none twice: of the last two axes, if there are more (at most 127)."""
        count = math.prod(shape[-2:])
        order = self.rng.random((*shape[:-2], count)).argsort(axis=-1)
        return laid_out((1 + order).reshape(shape).astype(dtype), layout)

    def labels(self, count: int, classes: int, dtype: str = "int64", layout: str = "C") -> np.ndarray:
        """Labels (count,) in 0 … classes − 1 (of 9 classes at most)."""
        return laid_out((self.digits(count, dtype="uint8") % classes).astype(dtype), layout)

    def array(self, *shape: int, scale: float = 2.0) -> np.ndarray:
        """float64 of this shape: nonzero multiples of 1/16 in ±scale."""
        top = int(scale * 16)
        steps = self.rng.integers(-top, top, size=shape)
        values: np.ndarray = (steps + (steps >= 0)) / 16
        return values

    def distinct(self, *shape: int) -> np.ndarray:
        """float64 of this shape, no value twice, both signs: no ties for a maximum."""
        count = int(np.prod(shape))
        return (self.rng.permutation(count).reshape(shape) - count / 2 + 0.25) / 4

    def positive(self, *shape: int) -> np.ndarray:
        """float64 of this shape: multiples of 1/16 in 1/2 … 2 (scales, variances)."""
        return self.rng.integers(8, 33, size=shape) / 16

    def normal(self, *shape: int) -> np.ndarray:
        """float64 of this shape, standard normal."""
        return self.rng.normal(size=shape)

    def tensor(self, *shape: int) -> np.ndarray:
        """float32 of this shape, standard normal: an input for a PyTorch module."""
        return self.rng.normal(size=shape).astype(np.float32)

    def integers(self, low: int, high: int, *shape: int) -> np.ndarray:
        """int64 of this shape in low … high, both included."""
        return self.rng.integers(low, high + 1, size=shape)

    def integer(self, low: int, high: int) -> int:
        """One int in low … high, both included."""
        return int(self.rng.integers(low, high + 1))

    def choice(self, *options: object) -> object:
        """One of the options."""
        return options[int(self.rng.integers(len(options)))]


@lru_cache(maxsize=8)
def _digits(seed: int) -> np.ndarray:
    rng = np.random.default_rng([seed, DIGITS])
    row: np.ndarray = rng.integers(1, 10, DIGITS) * rng.choice([-1, 1], DIGITS)
    return row


def laid_out(values: np.ndarray, layout: str) -> np.ndarray:
    """An array of these values that lies in memory as said: in C or Fortran (F) order, `channels_last`,

    `reversed` (negative strides), `sliced` (every second column of a wider array), `broadcast` (the first row for all;
    read-only). An array of one axis is in C order, reversed or sliced.
    """
    if layout == "F":
        return np.asfortranarray(values)
    if layout == "channels_last" and values.ndim > 2:
        return np.moveaxis(np.ascontiguousarray(np.moveaxis(values, -3, -1)), -1, -3)
    if layout == "reversed":
        return np.flip(np.flip(values).copy())
    if layout == "sliced":
        return np.repeat(values, 2, axis=-1)[..., ::2]
    if layout == "broadcast" and values.ndim > 1:
        return np.broadcast_to(values[..., :1, :], values.shape)
    return values
