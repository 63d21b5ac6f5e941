"""im2col and col2im; ties in a pooling window share the gradient evenly."""
import numpy as np


def indices(shape, k, s):
    _, C, H, W = shape
    h, w = (H - k) // s + 1, (W - k) // s + 1
    c = np.repeat(np.arange(C), k * k).reshape(-1, 1)
    i = np.tile(np.repeat(np.arange(k), k), C).reshape(-1, 1) + s * np.repeat(np.arange(h), w)
    j = np.tile(np.arange(k), k * C).reshape(-1, 1) + s * np.tile(np.arange(w), h)
    return c, i, j, h, w


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.geometry = kernel_size, stride, padding
        self.W = np.random.normal(0, 0.1, size=(out_channels, in_channels, kernel_size, kernel_size))
        self.b = np.zeros(out_channels)

    def forward(self, X):
        k, s, p = self.geometry
        X = np.pad(X.astype(float), [(0, 0), (0, 0), (p, p), (p, p)])
        self.padded_shape = X.shape
        c, i, j, h, w = indices(X.shape, k, s)
        self.columns = X[:, c, i, j]  # (N, C k k, h w)
        out = self.W.reshape(len(self.W), -1) @ self.columns + self.b.reshape(1, -1, 1)
        return out.reshape(len(X), -1, h, w)

    def backward(self, dout):
        k, s, p = self.geometry
        d = dout.reshape(*dout.shape[:2], -1)  # (N, F, h w)
        self.db = d.sum((0, 2))
        self.dW = sum(d[n] @ self.columns[n].T for n in range(len(d))).reshape(self.W.shape)
        dcolumns = self.W.reshape(len(self.W), -1).T @ d
        dX = np.zeros(self.padded_shape)
        c, i, j, _, _ = indices(self.padded_shape, k, s)
        np.add.at(dX, (slice(None), c, i, j), dcolumns)
        return dX[:, :, p:dX.shape[2] - p, p:dX.shape[3] - p]


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.k, self.s = pool_size, stride

    def forward(self, X):
        N, C, H, W = self.shape = X.shape
        flat = X.reshape(N * C, 1, H, W)
        c, i, j, h, w = indices(flat.shape, self.k, self.s)
        columns = flat[:, c, i, j]  # (N C, k k, h w)
        best = columns.max(axis=1, keepdims=True)
        mask = columns == best
        self.share = mask / mask.sum(axis=1, keepdims=True)
        return best.reshape(N, C, h, w)

    def backward(self, dout):
        N, C, H, W = self.shape
        dX = np.zeros((N * C, 1, H, W))
        c, i, j, _, _ = indices(dX.shape, self.k, self.s)
        np.add.at(dX, (slice(None), c, i, j), self.share * dout.reshape(N * C, 1, -1))
        return dX.reshape(self.shape)


class ReLU:
    def forward(self, X):
        out = X.copy()
        out[out < 0] = 0
        self.mask = out > 0
        return out

    def backward(self, dout):
        dX = dout.copy()
        dX[~self.mask] = 0
        return dX


class Flatten:
    def forward(self, X):
        self.N, *self.rest = X.shape
        return np.stack([x.ravel() for x in X])

    def backward(self, dout):
        return dout.reshape(self.N, *self.rest)


class Dense:
    def __init__(self, in_features, out_features):
        self.W = np.random.normal(0, 0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.cache = X
        return np.dot(X, self.W) + self.b

    def backward(self, dout):
        self.dW, self.db = np.dot(self.cache.T, dout), dout.sum(0)
        return np.dot(dout, self.W.T)
