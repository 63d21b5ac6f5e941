"""A pixel that is the maximum of several windows keeps the last window's gradient: `=` where `+=` is needed.

Source: 0809zheng/CS231n-assignment2019 issue 19, "CS231n-assignment2019 answer wrong": right for stride 2, wrong for 1.
Expect: loses
"""
import numpy as np


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.pool_size, self.stride = pool_size, stride

    def forward(self, X):
        self.x = np.asarray(X, dtype=float)
        N, C, H, W = self.x.shape
        k, s = self.pool_size, self.stride
        out = np.zeros((N, C, 1 + (H - k) // s, 1 + (W - k) // s))
        for i, j in np.ndindex(out.shape[2:]):
            out[:, :, i, j] = self.x[:, :, i * s:i * s + k, j * s:j * s + k].max((2, 3))
        return out

    def backward(self, dout):
        k, s, dx = self.pool_size, self.stride, np.zeros_like(self.x)
        for n, c, i, j in np.ndindex(dout.shape):
            window = self.x[n, c, i * s:i * s + k, j * s:j * s + k]
            row, col = divmod(window.argmax(), k)
            dx[n, c, i * s + row, j * s + col] = dout[n, c, i, j]
        return dx
