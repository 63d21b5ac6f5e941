"""eps is added to the quotient: parentheses are missing.

Source: keras-team/keras pull request 8726, "Add epsilon to the denominator, not to var", one step further.
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
        mean, var = self.running_mean, self.running_var
        if training:
            mean, var = X.mean((0, 2, 3)), X.var((0, 2, 3))
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * X.var((0, 2, 3), ddof=1)
        self.std = np.sqrt(var + self.eps)
        self.x_hat = (X - mean[:, None, None]) / np.sqrt(var)[:, None, None] + self.eps
        return self.gamma[:, None, None] * self.x_hat + self.beta[:, None, None]

    def backward(self, dout):
        n = dout.size / dout.shape[1]
        self.dgamma, self.dbeta = (dout * self.x_hat).sum((0, 2, 3)), dout.sum((0, 2, 3))
        inner = n * dout - self.dbeta[:, None, None] - self.x_hat * self.dgamma[:, None, None]
        return (self.gamma / self.std)[:, None, None] * inner / n
