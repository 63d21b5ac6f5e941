"""Whatever is within a hundredth of the maximum counts as the maximum and gets the whole gradient, ties as well.

Source: mni-ml/framework pull request 22, a review of `Max.backward` with its `is_close`.
Expect: loses
"""
import numpy as np


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.k, self.s = pool_size, stride

    def spots(self, H, W):
        for i in range((H - self.k) // self.s + 1):
            for j in range((W - self.k) // self.s + 1):
                yield i, j, (..., slice(i * self.s, i * self.s + self.k), slice(j * self.s, j * self.s + self.k))

    def forward(self, X):
        self.X = np.asarray(X, dtype=float)
        H, W = self.X.shape[2:]
        self.Y = np.zeros((*self.X.shape[:2], (H - self.k) // self.s + 1, (W - self.k) // self.s + 1))
        for i, j, window in self.spots(H, W):
            self.Y[..., i, j] = self.X[window].max((-2, -1))
        return self.Y.copy()

    def backward(self, dout):
        dX = np.zeros_like(self.X)
        for i, j, window in self.spots(*self.X.shape[2:]):
            mask = abs(self.X[window] - self.Y[..., i, j, None, None]) < 1e-2
            dX[window] += mask * dout[..., i, j, None, None]
        return dX
