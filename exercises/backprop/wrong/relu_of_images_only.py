"""ReLU that wants four axes

ReLU comes after a Dense layer, too, where its input is (N, features). It looks at each number by itself, so the shape
does not matter: np.maximum(X, 0) takes any.
"""

import numpy as np


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        self.W = 0.1 * np.random.randn(out_channels, in_channels, kernel_size, kernel_size)
        self.b = np.zeros(out_channels)

    def forward(self, X):
        k, s, p = self.kernel_size, self.stride, self.padding
        self.X = np.pad(X, ((0, 0), (0, 0), (p, p), (p, p)))
        N, C, H, W = self.X.shape
        H_out, W_out = (H - k) // s + 1, (W - k) // s + 1
        out = np.zeros((N, len(self.W), H_out, W_out))
        for i in range(H_out):
            for j in range(W_out):
                window = self.X[:, :, i * s:i * s + k, j * s:j * s + k]
                out[:, :, i, j] = np.tensordot(window, self.W, axes=((1, 2, 3), (1, 2, 3))) + self.b
        return out

    def backward(self, dout):
        k, s, p = self.kernel_size, self.stride, self.padding
        N, F, H_out, W_out = dout.shape
        self.dW = np.zeros(self.W.shape)
        self.db = dout.sum(axis=(0, 2, 3))
        dX = np.zeros(self.X.shape)
        for i in range(H_out):
            for j in range(W_out):
                d = dout[:, :, i, j]
                window = self.X[:, :, i * s:i * s + k, j * s:j * s + k]
                self.dW += np.tensordot(d, window, axes=(0, 0))
                dX[:, :, i * s:i * s + k, j * s:j * s + k] += np.tensordot(d, self.W, axes=1)
        H, W = dX.shape[2:]
        return dX[:, :, p:H - p, p:W - p]


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.pool_size = pool_size
        self.stride = stride

    def forward(self, X):
        k, s = self.pool_size, self.stride
        self.X = X
        N, C, H, W = X.shape
        H_out, W_out = (H - k) // s + 1, (W - k) // s + 1
        out = np.zeros((N, C, H_out, W_out))
        for i in range(H_out):
            for j in range(W_out):
                out[:, :, i, j] = X[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
        return out

    def backward(self, dout):
        k, s = self.pool_size, self.stride
        dX = np.zeros(self.X.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            window = self.X[n, c, i * s:i * s + k, j * s:j * s + k]
            p, q = np.unravel_index(window.argmax(), window.shape)
            dX[n, c, i * s + p, j * s + q] += dout[n, c, i, j]
        return dX


class ReLU:
    def forward(self, X):
        self.X = X
        out = np.zeros(X.shape)
        N, C, H, W = X.shape
        for n in range(N):
            for c in range(C):
                for i in range(H):
                    for j in range(W):
                        out[n, c, i, j] = max(X[n, c, i, j], 0)
        return out

    def backward(self, dout):
        return dout * (self.X > 0)


class Flatten:
    def forward(self, X):
        self.shape = X.shape
        return X.reshape(X.shape[0], -1)

    def backward(self, dout):
        return dout.reshape(self.shape)


class Dense:
    def __init__(self, in_features, out_features):
        self.W = 0.1 * np.random.randn(in_features, out_features)
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, dout):
        self.dW = self.X.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T
