"""The chain rule one step at a time: dx_hat, dvar, dmean, dX."""
import numpy as np


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.C, self.eps, self.momentum = num_features, eps, momentum
        self.gamma = np.ones(num_features, dtype=np.float32)
        self.beta = np.zeros(num_features, dtype=np.float32)
        self.running_mean = np.zeros(num_features, dtype=np.float32)
        self.running_var = np.ones(num_features, dtype=np.float32)

    def forward(self, X, training=True):
        shape = (1, self.C, 1, 1)
        if not training:
            scaled = (X - self.running_mean.reshape(shape)) / np.sqrt(self.running_var.reshape(shape) + self.eps)
            return self.gamma.reshape(shape) * scaled + self.beta.reshape(shape)
        n = X.shape[0] * X.shape[2] * X.shape[3]
        mu = X.mean(axis=(0, 2, 3), keepdims=True)
        xmu = X - mu
        var = (xmu ** 2).mean(axis=(0, 2, 3), keepdims=True)
        istd = (var + self.eps) ** -0.5
        self.cache = (xmu, istd, n)
        self.running_mean *= 1 - self.momentum
        self.running_mean += self.momentum * mu.ravel()
        self.running_var *= 1 - self.momentum
        self.running_var += self.momentum * var.ravel() * n / (n - 1)
        return self.gamma.reshape(shape) * xmu * istd + self.beta.reshape(shape)

    def backward(self, dout):
        xmu, istd, n = self.cache
        axes = (0, 2, 3)
        self.dbeta = np.sum(dout, axis=axes)
        self.dgamma = np.sum(dout * xmu * istd, axis=axes)
        dxhat = dout * self.gamma.reshape(1, self.C, 1, 1)
        dvar = np.sum(dxhat * xmu * -0.5 * istd ** 3, axis=axes, keepdims=True)
        dmu = np.sum(-dxhat * istd, axis=axes, keepdims=True) + dvar * np.mean(-2 * xmu, axis=axes, keepdims=True)
        return dxhat * istd + dvar * 2 * xmu / n + dmu / n
