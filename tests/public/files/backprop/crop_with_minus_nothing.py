"""The border is cut off with `[p:-p]`, which leaves nothing where p is 0; then the empty piece does not fit the result.

Source: public solutions of CS231n's assignment 2 that end with `dx[:, :, pad:-pad, pad:-pad]`.
Expect: loses
"""
import numpy as np


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.pad, self.stride = padding, stride
        self.W = 0.1 * np.random.randn(out_channels, in_channels, kernel_size, kernel_size)
        self.b = np.zeros(out_channels)

    def forward(self, X):
        self.shape = X.shape
        self.X = np.pad(np.asarray(X, dtype=float), ((0,), (0,), (self.pad,), (self.pad,)), "constant")
        HH, WW = self.W.shape[2:]
        out = np.zeros((len(X), len(self.W), *((n - k) // self.stride + 1 for n, k in zip(self.X.shape[2:], (HH, WW)))))
        for n, f, i, j in np.ndindex(out.shape):
            r, c = i * self.stride, j * self.stride
            out[n, f, i, j] = (self.X[n, :, r:r + HH, c:c + WW] * self.W[f]).sum() + self.b[f]
        return out

    def backward(self, dout):
        HH, WW = self.W.shape[2:]
        self.dW, self.db, dx_padded = np.zeros(self.W.shape), dout.sum(axis=(0, 2, 3)), np.zeros(self.X.shape)
        for n, f, i, j in np.ndindex(dout.shape):
            r, c = i * self.stride, j * self.stride
            self.dW[f] += dout[n, f, i, j] * self.X[n, :, r:r + HH, c:c + WW]
            dx_padded[n, :, r:r + HH, c:c + WW] += dout[n, f, i, j] * self.W[f]
        dx = np.empty(self.shape)
        dx[...] = dx_padded[:, :, self.pad:-self.pad, self.pad:-self.pad]
        return dx
