"""Everything inside has four axes; only gamma, beta and their gradients have one."""
import numpy as np


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.gamma = np.ones(num_features)
        self.beta = np.zeros(num_features)
        self.running_mean = np.zeros((1, num_features, 1, 1))
        self.running_var = np.ones((1, num_features, 1, 1))
        self.eps = eps
        self.momentum = momentum

    def _wide(self, v):
        return v[np.newaxis, :, np.newaxis, np.newaxis]

    def _mean(self, A):
        return A.mean(axis=(0, 2, 3), keepdims=True)

    def forward(self, X, training=True):
        X = np.asarray(X, dtype=float)
        if training:
            n = X.shape[0] * X.shape[2] * X.shape[3]
            mean = self._mean(X)
            var = self._mean((X - mean) ** 2)
            m = self.momentum
            self.running_mean = m * mean + (1 - m) * self.running_mean
            self.running_var = m * (n / (n - 1)) * var + (1 - m) * self.running_var
        else:
            mean, var = self.running_mean, self.running_var
        self.istd = 1 / np.sqrt(var + self.eps)
        self.x_hat = (X - mean) * self.istd
        print("mean of the output:", self.x_hat.mean())
        return self._wide(self.gamma) * self.x_hat + self._wide(self.beta)

    def backward(self, dout):
        self.dbeta = dout.sum(axis=(0, 2, 3))
        self.dgamma = np.sum(dout * self.x_hat, axis=(0, 2, 3))
        g = dout * self._wide(self.gamma)
        return self.istd * (g - self._mean(g) - self.x_hat * self._mean(g * self.x_hat))
