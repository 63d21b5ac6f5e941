# Section 13's max pooling once more, its shared mask kept as true and false (E30). Nothing else is handed in.
import numpy as np


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.pool_size = pool_size
        self.stride = stride

    def forward(self, X):
        N, C, H, W = X.shape
        k, s = self.pool_size, self.stride
        H_out, W_out = (H - k) // s + 1, (W - k) // s + 1
        self.X = X
        self.mask = np.zeros_like(X, dtype=bool)
        out = np.zeros((N, C, H_out, W_out))
        for i in range(H_out):
            for j in range(W_out):
                window = X[:, :, i*s:i*s+k, j*s:j*s+k]
                out[:, :, i, j] = window.max(axis=(2, 3))
                self.mask[:, :, i*s:i*s+k, j*s:j*s+k] |= window == out[:, :, i:i+1, j:j+1]
        return out

    def backward(self, dout):
        k, s = self.pool_size, self.stride
        dX = np.zeros_like(self.X)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                mask = self.mask[:, :, i*s:i*s+k, j*s:j*s+k]
                dX[:, :, i*s:i*s+k, j*s:j*s+k] += mask * dout[:, :, i:i+1, j:j+1]
        return dX
