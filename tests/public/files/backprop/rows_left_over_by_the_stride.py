"""The gradient is as large as the windows reach; where the stride leaves rows over, it is smaller than the input.

Source: PKUFlyingPig/CMU10-714 issue 6, "About conv operation in HW4": stride 3, where it does not divide.
Expect: loses
"""
import numpy as np


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.kernel_size, self.stride, self.padding = kernel_size, stride, padding
        self.W = np.random.normal(0, 0.1, (out_channels, in_channels, kernel_size, kernel_size))
        self.b = np.zeros(out_channels)

    def forward(self, X):
        p, k, s = self.padding, self.kernel_size, self.stride
        self.X = np.pad(np.asarray(X, dtype=float), ((0, 0), (0, 0), (p, p), (p, p)))
        self.windows = np.lib.stride_tricks.sliding_window_view(self.X, (k, k), (2, 3))[:, :, ::s, ::s]
        return np.einsum("ncijpq,ocpq->noij", self.windows, self.W) + self.b[:, None, None]

    def backward(self, dout):
        p, k, s = self.padding, self.kernel_size, self.stride
        self.db, self.dW = dout.sum((0, 2, 3)), np.einsum("ncijpq,noij->ocpq", self.windows, dout)
        h, w = dout.shape[2:]
        spread = np.zeros((*dout.shape[:2], (h - 1) * s + 1, (w - 1) * s + 1))
        spread[:, :, ::s, ::s] = dout
        spread = np.pad(spread, ((0, 0), (0, 0), (k - 1, k - 1), (k - 1, k - 1)))
        turned = np.lib.stride_tricks.sliding_window_view(spread, (k, k), (2, 3))
        dX = np.einsum("noijpq,ocpq->ncij", turned, self.W[:, :, ::-1, ::-1])
        return dX[:, :, p:dX.shape[2] - p, p:dX.shape[3] - p]
