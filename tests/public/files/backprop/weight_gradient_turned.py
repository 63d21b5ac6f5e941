"""The weight gradient is a convolution in the mathematicians' sense: turned by 180 degrees. All else is right.

Source: Ciela-Institute/caustics pull request 281, "conv2d in LensSource now properly reorients the kernel".
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k, self.s, self.p = kernel_size, stride, padding
        self.W = 0.1 * np.random.randn(out_channels, in_channels, kernel_size, kernel_size)
        self.b = np.zeros((out_channels, 1))

    def forward(self, X):
        X = np.pad(np.asarray(X, dtype=float), ((0, 0), (0, 0), (self.p,) * 2, (self.p,) * 2))
        self.shape, self.windows = X.shape, sliding_window_view(X, (self.k,) * 2, (2, 3))[:, :, ::self.s, ::self.s]
        return np.einsum("ncijpq,ocpq->noij", self.windows, self.W) + self.b.reshape(-1, 1, 1)

    def backward(self, dout):
        self.db = dout.sum((0, 2, 3)).reshape(-1, 1)
        self.dW = np.flip(np.einsum("ncijpq,noij->ocpq", self.windows, dout), (2, 3)).copy()
        dX = np.zeros(self.shape)
        for i, j in np.ndindex(dout.shape[2:]):
            rows, columns = slice(i * self.s, i * self.s + self.k), slice(j * self.s, j * self.s + self.k)
            dX[:, :, rows, columns] += np.einsum("no,ocpq->ncpq", dout[:, :, i, j], self.W)
        return dX[:, :, self.p:self.shape[2] - self.p, self.p:self.shape[3] - self.p]
