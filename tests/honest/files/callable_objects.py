"""Objects with __call__, __slots__, properties, and functools.partial in place of functions."""

from functools import cached_property, partial, wraps

import numpy as np


class Convolution:
    __slots__ = ("_dtype", "calls")

    def __init__(self, dtype):
        self._dtype, self.calls = dtype, 0

    @property
    def dtype(self):
        return self._dtype

    def __call__(self, X, K, stride=1, padding=0):
        self.calls += 1
        X, K = np.pad(np.asarray(X, self.dtype), padding), np.asarray(K, self.dtype)
        windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]
        return (windows * K).sum(axis=(2, 3))


class Layer:
    @cached_property
    def single(self):
        return Convolution(float)

    def forward(self, X, K, b, stride=1, padding=0, *, scale=1.0):
        maps = [sum(self.single(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)]
        return np.stack(maps) * scale


def traced(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


conv2d = Convolution(np.float64)
conv2d_multichannel = traced(partial(Layer().forward, scale=1.0))
