"""Numbers and loops only, nested lists as results; dataclasses, slots, a partial, properties."""
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from random import gauss
from typing import Any

import numpy as np


def zeros(*shape):
    return [zeros(*shape[1:]) for _ in range(shape[0])] if shape else 0.0


@dataclass
class Conv2D:
    in_channels: int
    out_channels: int
    kernel_size: int
    stride: int = 1
    padding: int = 0
    W: Any = field(init=False, repr=False)
    b: Any = field(init=False, repr=False)

    def __post_init__(self):
        k = self.kernel_size
        self.W = np.array([gauss(0, 0.1) for _ in range(self.out_channels * self.in_channels * k * k)])
        self.W = self.W.reshape(self.out_channels, self.in_channels, k, k)
        self.b = np.zeros(self.out_channels)

    @property
    def taps(self):
        return list(product(range(self.in_channels), range(self.kernel_size), range(self.kernel_size)))

    def pairs(self, i, j):
        """(weight's index, pixel's index) for one output pixel; the padding is left out."""
        for c, p, q in self.taps:
            y, x = i * self.stride + p - self.padding, j * self.stride + q - self.padding
            if 0 <= y < self.H and 0 <= x < self.Wd:
                yield c, p, q, y, x

    def forward(self, X):
        self.X, self.N, (self.H, self.Wd) = X.tolist(), len(X), X.shape[2:]
        k, s, p = self.kernel_size, self.stride, self.padding
        self.out = range((self.H + 2 * p - k) // s + 1), range((self.Wd + 2 * p - k) // s + 1)
        W, b = self.W.tolist(), self.b.tolist()
        Y = zeros(self.N, self.out_channels, len(self.out[0]), len(self.out[1]))
        for n, i, j in product(range(self.N), *self.out):
            pairs = list(self.pairs(i, j))
            for o in range(self.out_channels):
                Y[n][o][i][j] = b[o] + sum(W[o][c][p][q] * self.X[n][c][y][x] for c, p, q, y, x in pairs)
        return Y

    def backward(self, dout):
        dout, W = dout.tolist(), self.W.tolist()
        dX = zeros(self.N, self.in_channels, self.H, self.Wd)
        dW = zeros(*self.W.shape)
        db = zeros(self.out_channels)
        for n, i, j in product(range(self.N), *self.out):
            pairs = list(self.pairs(i, j))
            for o in range(self.out_channels):
                d = dout[n][o][i][j]
                db[o] += d
                for c, p, q, y, x in pairs:
                    dW[o][c][p][q] += d * self.X[n][c][y][x]
                    dX[n][c][y][x] += d * W[o][c][p][q]
        self.dW, self.db = np.array(dW), np.array(db)
        return dX


class Pool:
    __slots__ = ("k", "s", "shape", "winners")

    def __init__(self, pick, pool_size=2, stride=2):
        self.k, self.s = pool_size, stride

    def forward(self, X):
        N, C, H, W = self.shape = X.shape
        h, w = (H - self.k) // self.s + 1, (W - self.k) // self.s + 1
        Y, self.winners = zeros(N, C, h, w), {}
        for n, c, i, j in product(range(N), range(C), range(h), range(w)):
            places = [(i * self.s + p, j * self.s + q) for p in range(self.k) for q in range(self.k)]
            y, x = max(places, key=lambda place: X[(n, c, *place)])
            self.winners[n, c, i, j] = y, x
            Y[n][c][i][j] = float(X[n, c, y, x])
        return Y

    def backward(self, dout):
        dX = zeros(*self.shape)
        for (n, c, i, j), (y, x) in self.winners.items():
            dX[n][c][y][x] += float(dout[n, c, i, j])
        return dX


MaxPool2D = partial(Pool, "first")


class ReLU:
    def forward(self, X):
        self.shape, self.flat = X.shape, X.ravel().tolist()
        return np.array([max(x, 0.0) for x in self.flat]).reshape(self.shape).tolist()

    def backward(self, dout):
        pairs = zip(dout.ravel().tolist(), self.flat)
        return np.array([d if x > 0 else 0.0 for d, x in pairs]).reshape(self.shape).tolist()


class Flatten:
    def forward(self, X):
        self.shape = X.shape
        return [image.ravel().tolist() for image in X]

    def backward(self, dout):
        return [row.reshape(self.shape[1:]) for row in dout]


class Dense:
    def __init__(self, in_features, out_features):
        self.W = np.array([[gauss(0, 0.1) for _ in range(out_features)] for _ in range(in_features)])
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        b = self.b.tolist()
        return [[float(sum(x * w for x, w in zip(row, column))) + b[o] for o, column in enumerate(self.W.T)] for row in X]

    def backward(self, dout):
        ins, outs = self.W.shape
        self.dW = [[float(sum(self.X[:, i] * dout[:, o])) for o in range(outs)] for i in range(ins)]
        self.db = [float(sum(dout[:, o])) for o in range(outs)]
        return [[float(sum(self.W[i] * row)) for i in range(ins)] for row in dout]
