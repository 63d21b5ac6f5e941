"""Strict settings and seeds, recursion, caches, context managers, generators."""

import contextlib
import faulthandler
import itertools
import math
import random
import signal
import sys
import time
import warnings
from functools import lru_cache, reduce, singledispatch

import numpy as np

sys.setrecursionlimit(100_000)
np.random.seed(42)
random.seed(42)
np.seterr(all="raise")
np.set_printoptions(precision=2, suppress=True)
warnings.simplefilter("error")
faulthandler.enable()
signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def timed(name):
    start = time.perf_counter()
    yield
    print(f"{name}: {time.perf_counter() - start:.3f} s")


@lru_cache(maxsize=None)
def output_length(n, k, stride):
    return math.floor((n - k) / stride) + 1


def positions(rows, columns):
    yield from itertools.product(range(rows), range(columns))


@singledispatch
def as_image(value):
    return np.array(value, dtype=np.float64)


def total(values):
    def go(i):
        return 0.0 if i == len(values) else values[i] + go(i + 1)

    return go(0)


def conv2d(X, K, stride=1, padding=0):
    with timed("conv2d"):
        X, K = np.pad(as_image(X), padding), as_image(K)
        rows, columns = (output_length(n, k, stride) for n, k in zip(X.shape, K.shape))
        y = np.zeros((rows, columns))
        for i, j in positions(rows, columns):
            window = X[i * stride :, j * stride :][: K.shape[0], : K.shape[1]]
            y[i, j] = total((window * K).ravel().tolist())
        return y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    add = lambda x, y: x + y
    return np.array([reduce(add, (conv2d(x, k, stride, padding) for x, k in zip(X, f))) + c for f, c in zip(K, b)])
