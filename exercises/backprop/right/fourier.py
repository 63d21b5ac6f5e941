"""Convolution and its gradients as products of Fourier transforms."""
import numpy as np


def spread(d, stride, shape):
    """The output's gradient with zeros in between, on a grid of the padded input's size."""
    grid = np.zeros((*d.shape[:2], *shape))
    grid[:, :, :stride * d.shape[2]:stride, :stride * d.shape[3]:stride] = d
    return grid


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.kernel_size, self.stride, self.padding = kernel_size, stride, padding
        self.W = np.random.standard_normal((out_channels, in_channels, kernel_size, kernel_size)) / kernel_size
        self.b = np.zeros((out_channels, 1))

    def forward(self, X):
        P, k, S = self.padding, self.kernel_size, self.stride
        X = np.pad(X, ((0, 0), (0, 0), (P, P), (P, P)))
        self.shape = X.shape[2:]
        self.FX = np.fft.rfft2(X)
        FW = np.fft.rfft2(self.W, self.shape)
        full = np.fft.irfft2(np.einsum("nchw,ochw->nohw", self.FX, FW.conj()), self.shape)
        H, W = self.shape
        return full[:, :, :H - k + 1:S, :W - k + 1:S] + self.b[:, :, None]

    def backward(self, dout):
        P, k = self.padding, self.kernel_size
        Fd = np.fft.rfft2(spread(dout, self.stride, self.shape))
        self.db = dout.sum(axis=(0, 2, 3))[:, None]
        self.dW = np.fft.irfft2(np.einsum("nohw,nchw->ochw", Fd.conj(), self.FX), self.shape)[:, :, :k, :k]
        FW = np.fft.rfft2(self.W, self.shape)
        dX = np.fft.irfft2(np.einsum("nohw,ochw->nchw", Fd, FW), self.shape)
        return dX[:, :, P:self.shape[0] - P, P:self.shape[1] - P]


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.size, self.stride = pool_size, stride

    def forward(self, X):
        self.X = X
        s, k = self.stride, self.size
        rows, cols = range(0, X.shape[2] - k + 1, s), range(0, X.shape[3] - k + 1, s)
        self.boxes = [[np.s_[:, :, r:r + k, c:c + k] for c in cols] for r in rows]
        return np.moveaxis(np.array([[X[box].max(axis=(2, 3)) for box in line] for line in self.boxes]), (0, 1), (2, 3))

    def backward(self, dout):
        dX = np.zeros(self.X.shape)
        for i, line in enumerate(self.boxes):
            for j, box in enumerate(line):
                patch = self.X[box]
                mask = patch == patch.max(axis=(2, 3), keepdims=True)
                mask = mask / mask.sum(axis=(2, 3), keepdims=True)
                dX[box] += mask * dout[:, :, i:i + 1, j:j + 1]
        return dX


class ReLU:
    def forward(self, X):
        self.X = np.asarray(X, dtype=float)
        return (self.X + np.abs(self.X)) / 2

    def backward(self, dout):
        return np.where(self.X < 0, 0, dout)


class Flatten:
    def forward(self, X):
        self.shape = X.shape
        return X.reshape(-1, X[0].size)

    def backward(self, dout):
        return dout.reshape(self.shape)


class Dense:
    def __init__(self, in_features, out_features):
        self.W, self.b = np.random.rand(in_features, out_features) - 0.5, np.zeros(out_features)

    def forward(self, X):
        self.XT = X.T
        return (self.W.T @ X.T).T + self.b

    def backward(self, dout):
        self.dW, self.db = self.XT @ dout, np.ones(len(dout)) @ dout
        return (self.W @ dout.T).T
