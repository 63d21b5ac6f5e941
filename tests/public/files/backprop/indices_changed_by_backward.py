"""`ravel` gives a view, and `+=` writes into it: a second `backward` after one `forward` finds other places.

Source: chainer/chainer pull request 2062, "Fix max pooling backward cpu".
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.k, self.s = pool_size, stride

    def forward(self, X):
        X = np.asarray(X, dtype=float)
        self.shape = X.shape
        windows = sliding_window_view(X, (self.k, self.k), axis=(2, 3))[:, :, ::self.s, ::self.s]
        columns = windows.reshape(*windows.shape[:4], -1)
        self.indexes = columns.argmax(-1)
        return columns.max(-1)

    def backward(self, dout):
        indexes = self.indexes.ravel()
        indexes += np.arange(0, indexes.size * self.k ** 2, self.k ** 2)
        columns = np.zeros((*dout.shape, self.k, self.k))
        columns.reshape(-1)[indexes] = dout.ravel()
        dX = np.zeros(self.shape)
        for i, j in np.ndindex(dout.shape[2:]):
            dX[:, :, i * self.s:i * self.s + self.k, j * self.s:j * self.s + self.k] += columns[:, :, i, j]
        return dX
