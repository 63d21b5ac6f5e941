"""Sizes kept from the first image

Your layers note the image's size in their first forward and keep it. The next batch may have more images, or
larger ones: take the sizes from X in every forward.
"""

import numpy as np


def _windows(X, size, stride):
    """Every window of X (N, C, H, W), as a view (N, C, H_out, W_out, size, size)."""
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride]


class Conv2D:
    """Y[n, o, i, j] = b[o] + sum over c, p, q of W[o, c, p, q] * X[n, c, i*S + p, j*S + q], X padded with zeros."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.kernel_size, self.stride, self.padding = kernel_size, stride, padding
        scale = np.sqrt(2 / (in_channels * kernel_size**2))
        self.W = scale * np.random.randn(out_channels, in_channels, kernel_size, kernel_size)
        self.b = np.zeros(out_channels)

    def forward(self, X):
        """X (N, C_in, H, W) → (N, C_out, H_out, W_out)."""
        P = self.padding
        self.sizes = getattr(self, "sizes", (len(X), *np.add(X.shape[2:], 2 * P)))
        self.X = np.pad(np.asarray(X, dtype=np.float64), ((0, 0), (0, 0), (P, P), (P, P)))
        windows = _windows(self.X, self.kernel_size, self.stride)
        return np.einsum("nchwpq,ocpq->nohw", windows, self.W) + self.b[:, None, None]

    def backward(self, dout):
        """dL/dY (N, C_out, H_out, W_out) → dL/dX (N, C_in, H, W); sets dW and db."""
        k, S, P = self.kernel_size, self.stride, self.padding
        self.dW = np.einsum("nohw,nchwpq->ocpq", dout, _windows(self.X, k, S))
        self.db = dout.sum(axis=(0, 2, 3))
        dX = np.zeros((self.sizes[0], self.X.shape[1], *self.sizes[1:]))
        for i, j in np.ndindex(dout.shape[2:]):  # windows overlap: their shares add up
            dX[:, :, i * S : i * S + k, j * S : j * S + k] += np.tensordot(dout[:, :, i, j], self.W, axes=1)
        return dX[:, :, P : dX.shape[2] - P, P : dX.shape[3] - P]


class MaxPool2D:
    """The largest value of each window. Windows that do not fit are dropped."""

    def __init__(self, pool_size=2, stride=2):
        self.pool_size, self.stride = pool_size, stride

    def forward(self, X):
        """X (N, C, H, W) → (N, C, H_out, W_out)."""
        self.X = np.asarray(X, dtype=np.float64)
        windows = _windows(self.X, self.pool_size, self.stride)
        flat = windows.reshape(*windows.shape[:4], -1)  # (N, C, H_out, W_out, size * size)
        self.shape = getattr(self, "shape", X.shape)
        self.winner = flat.argmax(axis=-1)  # of equal values, the first
        return flat.max(axis=-1)

    def backward(self, dout):
        """dL/dY (N, C, H_out, W_out) → dL/dX (N, C, H, W): each window's gradient goes to its maximum."""
        n, c, i, j = np.indices(dout.shape)
        p, q = np.divmod(self.winner, self.pool_size)
        dX = np.zeros(self.shape)
        np.add.at(dX, (n, c, i * self.stride + p, j * self.stride + q), dout)
        return dX


class ReLU:
    """max(0, X)."""

    def forward(self, X):
        """Any shape → the same."""
        self.positive = X > 0
        return np.where(self.positive, X, 0.0)

    def backward(self, dout):
        """The gradient passes where the input was positive."""
        return np.where(self.positive, dout, 0.0)


class Flatten:
    """One row for each image."""

    def forward(self, X):
        """X (N, …) → (N, rest)."""
        self.shape = getattr(self, "shape", X.shape)
        return X.reshape(len(X), -1)

    def backward(self, dout):
        """(N, rest) → (N, …)."""
        return dout.reshape(self.shape)


class Dense:
    """Y = X W + b."""

    def __init__(self, in_features, out_features):
        self.W = np.sqrt(2 / in_features) * np.random.randn(in_features, out_features)
        self.b = np.zeros(out_features)

    def forward(self, X):
        """X (N, in) → (N, out)."""
        self.X = X
        return X @ self.W + self.b

    def backward(self, dout):
        """dL/dY (N, out) → dL/dX (N, in); sets dW and db."""
        self.dW = self.X.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T
