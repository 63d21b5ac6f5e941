"""`backward` unpacks a shape of four numbers into three names and raises, whatever it is given.

Source: Stack Overflow, "ValueError: too many values to unpack (expected 3)" when a batch is added to an image.
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k, self.s, self.p = kernel_size, stride, padding
        self.W = 0.1 * np.random.randn(out_channels, in_channels, kernel_size, kernel_size)
        self.b = np.zeros(out_channels)

    def forward(self, X):
        X = np.pad(np.asarray(X, dtype=float), ((0, 0), (0, 0), (self.p,) * 2, (self.p,) * 2))
        self.windows = sliding_window_view(X, (self.k,) * 2, (2, 3))[:, :, ::self.s, ::self.s]
        return np.einsum("ncijpq,ocpq->noij", self.windows, self.W) + self.b.reshape(-1, 1, 1)

    def backward(self, dout):
        filters, height, width = dout.shape
        self.db = dout.reshape(filters, -1).sum(axis=1)
        self.dW = np.einsum("cijpq,oij->ocpq", self.windows[0], dout)
        return np.einsum("oij,ocpq->cij", dout, self.W)
