"""The modes as an Enum (whose lookup raises ValueError by itself), the size as a callable object."""
from dataclasses import dataclass
from enum import Enum

import numpy as np


class Mode(Enum):
    VALID = "valid"
    SAME = "same"
    FULL = "full"

    def width(self, F):
        return {Mode.VALID: 0, Mode.SAME: (F - 1) // 2, Mode.FULL: F - 1}[self]


@dataclass
class OutputSize:
    name: str = "output_size"

    def __call__(self, W, F, P=0, S=1):
        return np.int64(1 + divmod(W + P + P - F, S)[0])


output_size = OutputSize()


def pad2d(X, F, mode):
    P = Mode(mode).width(F)
    H, W = X.shape
    left = np.eye(H + 2 * P, H, k=-P)       # (H+2P, H): moves row i to row i+P
    right = np.eye(W, W + 2 * P, k=P)
    return left @ X @ right
