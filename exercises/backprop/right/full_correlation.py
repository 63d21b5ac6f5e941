"""dX as a full correlation of the spread-out gradient with the turned kernel; the last of equal maxima wins."""
import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k, self.s, self.p = kernel_size, stride, padding
        limit = 1 / np.sqrt(in_channels * kernel_size ** 2)
        self.W = np.random.uniform(-limit, limit, (out_channels, in_channels, kernel_size, kernel_size))
        self.b = np.random.uniform(-limit, limit, out_channels)

    def _patches(self):
        N, C, H, W = self.padded.shape
        h, w = (H - self.k) // self.s + 1, (W - self.k) // self.s + 1
        n, c, y, x = self.padded.strides
        return as_strided(self.padded, (N, C, h, w, self.k, self.k), (n, c, y * self.s, x * self.s, y, x))

    def forward(self, X):
        p = self.p
        self.padded = np.zeros((*X.shape[:2], X.shape[2] + 2 * p, X.shape[3] + 2 * p))
        self.padded[:, :, p:p + X.shape[2], p:p + X.shape[3]] = X
        self.size = X.shape[2:]
        return np.tensordot(self._patches(), self.W, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2) \
            + self.b[None, :, None, None]

    def backward(self, dout):
        k, s, p = self.k, self.s, self.p
        self.db = np.einsum("nohw->o", dout)
        self.dW = np.tensordot(dout, self._patches(), axes=((0, 2, 3), (0, 2, 3)))
        H, W = self.padded.shape[2:]
        spread = np.zeros((*dout.shape[:2], H + k - 1, W + k - 1))
        spread[:, :, k - 1:k - 1 + s * dout.shape[2]:s, k - 1:k - 1 + s * dout.shape[3]:s] = dout
        turned = self.W[:, :, ::-1, ::-1]
        dX = np.einsum("nohwij,ocij->nchw", sliding_window_view(spread, (k, k), axis=(2, 3)), turned)
        return dX[:, :, p:p + self.size[0], p:p + self.size[1]]


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.pool_size, self.stride = pool_size, stride

    def _views(self, A, out_shape):
        k, s = self.pool_size, self.stride
        for a in range(k):
            for b in range(k):
                yield A[:, :, a:a + s * (out_shape[0] - 1) + 1:s, b:b + s * (out_shape[1] - 1) + 1:s]

    def forward(self, X):
        k, s = self.pool_size, self.stride
        self.X = X
        self.out_shape = ((X.shape[2] - k) // s + 1, (X.shape[3] - k) // s + 1)
        self.Y = np.full((*X.shape[:2], *self.out_shape), -np.inf)
        for view in self._views(X, self.out_shape):
            self.Y = np.maximum(self.Y, view)
        return self.Y

    def backward(self, dout):
        dX = np.zeros(self.X.shape)
        free = np.ones(dout.shape, dtype=bool)
        pairs = list(zip(self._views(self.X, self.out_shape), self._views(dX, self.out_shape)))
        for x, dx in reversed(pairs):
            hit = free & (x == self.Y)
            dx += np.where(hit, dout, 0)
            free &= ~hit
        return dX


class ReLU:
    def forward(self, X):
        self.slope = np.heaviside(X, 0.0)
        return self.slope * X

    def backward(self, dout):
        return self.slope * dout


class Flatten:
    def forward(self, X):
        self.back = lambda d: np.reshape(d, X.shape)
        return np.reshape(X, (X.shape[0], np.prod(X.shape[1:])))

    def backward(self, dout):
        return self.back(dout)


class Dense:
    def __init__(self, in_features, out_features):
        self.W = np.random.uniform(-0.1, 0.1, (in_features, out_features))
        self.b = np.zeros((out_features, 1))

    def forward(self, X):
        self.X = X
        return np.einsum("ni,io->no", X, self.W) + self.b.T

    def backward(self, dout):
        self.dW = np.einsum("ni,no->io", self.X, dout)
        self.db = dout.sum(axis=0)[:, None]
        return np.einsum("no,io->ni", dout, self.W)
