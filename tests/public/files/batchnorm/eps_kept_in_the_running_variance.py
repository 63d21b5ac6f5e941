"""eps is added in place before the running variance takes the sum over.

Source: nntrainer/nntrainer pull request 677, "Fix batchnormalize layer": epsilon gets into the moving variance.
Expect: loses
"""
import numpy as np


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.eps, self.momentum = eps, momentum
        self.gamma, self.beta = np.ones(num_features), np.zeros(num_features)
        self.running_mean, self.running_var = np.zeros(num_features), np.ones(num_features)

    def forward(self, X, training=True):
        X = np.asarray(X, dtype=float)
        if not training:
            self.std = np.sqrt(self.running_var + self.eps)
            self.x_hat = (X - self.running_mean[:, None, None]) / self.std[:, None, None]
            return self.gamma[:, None, None] * self.x_hat + self.beta[:, None, None]
        n, mean, var = X.size // X.shape[1], X.mean((0, 2, 3)), X.var((0, 2, 3))
        var += self.eps
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
        self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * n / (n - 1)
        self.std = np.sqrt(var)
        self.x_hat = (X - mean[:, None, None]) / self.std[:, None, None]
        return self.gamma[:, None, None] * self.x_hat + self.beta[:, None, None]

    def backward(self, dout):
        n = dout.size / dout.shape[1]
        self.dgamma, self.dbeta = (dout * self.x_hat).sum((0, 2, 3)), dout.sum((0, 2, 3))
        inner = n * dout - self.dbeta[:, None, None] - self.x_hat * self.dgamma[:, None, None]
        return (self.gamma / self.std)[:, None, None] * inner / n
