"""Loops over the output positions, the bias as a column (C_out, 1)."""
import numpy as np


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        scale = np.sqrt(2.0 / (in_channels * kernel_size * kernel_size))
        self.W = (np.random.randn(out_channels, in_channels, kernel_size, kernel_size) * scale).astype(np.float32)
        self.b = np.zeros((out_channels, 1), dtype=np.float32)

    def forward(self, X):
        N, C, H, W = X.shape
        k, s, p = self.kernel_size, self.stride, self.padding
        self.X_shape = X.shape
        self.X_padded = np.pad(X, ((0, 0), (0, 0), (p, p), (p, p)), mode="constant")
        H_out = (H + 2 * p - k) // s + 1
        W_out = (W + 2 * p - k) // s + 1
        out = np.zeros((N, self.out_channels, H_out, W_out))
        for n in range(N):
            for i in range(H_out):
                for j in range(W_out):
                    patch = self.X_padded[n, :, i * s:i * s + k, j * s:j * s + k]
                    for f in range(self.out_channels):
                        out[n, f, i, j] = np.sum(patch * self.W[f]) + self.b[f, 0]
        return out

    def backward(self, dout):
        N, F, H_out, W_out = dout.shape
        k, s, p = self.kernel_size, self.stride, self.padding
        self.dW = np.zeros(self.W.shape)
        self.db = np.zeros(self.b.shape)
        dX_padded = np.zeros(self.X_padded.shape)
        for n in range(N):
            for i in range(H_out):
                for j in range(W_out):
                    rows, cols = slice(i * s, i * s + k), slice(j * s, j * s + k)
                    for f in range(F):
                        self.dW[f] += dout[n, f, i, j] * self.X_padded[n, :, rows, cols]
                        self.db[f] += dout[n, f, i, j]
                        dX_padded[n, :, rows, cols] += dout[n, f, i, j] * self.W[f]
        if p > 0:
            return dX_padded[:, :, p:-p, p:-p]
        return dX_padded


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.pool_size = pool_size
        self.stride = stride

    def forward(self, X):
        self.X = X
        N, C, H, W = X.shape
        k, s = self.pool_size, self.stride
        out = np.zeros((N, C, (H - k) // s + 1, (W - k) // s + 1))
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                out[:, :, i, j] = X[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
        return out

    def backward(self, dout):
        dX = np.zeros(self.X.shape)
        k, s = self.pool_size, self.stride
        for n in range(dout.shape[0]):
            for c in range(dout.shape[1]):
                for i in range(dout.shape[2]):
                    for j in range(dout.shape[3]):
                        patch = self.X[n, c, i * s:i * s + k, j * s:j * s + k]
                        a, b = np.unravel_index(np.argmax(patch), patch.shape)
                        dX[n, c, i * s + a, j * s + b] += dout[n, c, i, j]
        return dX


class ReLU:
    def forward(self, X):
        self.X = X
        return np.maximum(0, X)

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
        self.W = np.random.randn(in_features, out_features) * np.sqrt(2.0 / in_features)
        self.b = np.zeros((1, out_features))

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, dout):
        self.dW = self.X.T @ dout
        self.db = np.sum(dout, axis=0, keepdims=True)
        return dout @ self.W.T
