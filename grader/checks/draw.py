"""Fresh inputs for the checks, reproducible from the submission's seed and the check's name."""

from __future__ import annotations

import hashlib

import numpy as np


class Draw:
    """Random inputs that hide nothing: no zeros, no ties, no symmetry, both signs.

    `array` gives multiples of 1/16, so that sums of products are exact in float32 as well and a submission is never
    marked down for its precision.
    """

    def __init__(self, seed: int, name: str):
        digest = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=16).digest()
        self.rng = np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "little")))

    def array(self, *shape: int, scale: float = 2.0) -> np.ndarray:
        """float64 of this shape: nonzero multiples of 1/16 in ±scale."""
        top = int(scale * 16)
        size = self.rng.integers(1, top + 1, size=shape)
        values: np.ndarray = size * self.rng.choice([-1.0, 1.0], size=shape) / 16
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
