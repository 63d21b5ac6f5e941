"""Evaluation never left

Once forward was called with training=False the layer stays in evaluation, whatever the next call says. Each call
decides for itself: use its argument, and do not keep it.
"""

import numpy as np

AXES = (0, 2, 3)


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.eps = eps
        self.training = True
        self.momentum = momentum
        self.gamma = np.ones(num_features)
        self.beta = np.zeros(num_features)
        self.dgamma = np.zeros(num_features)
        self.dbeta = np.zeros(num_features)
        self.running_mean = np.zeros(num_features)
        self.running_var = np.ones(num_features)

    def forward(self, X, training=True):
        X = np.asarray(X, dtype=float)
        shape = (1, -1, 1, 1)
        self.training = self.training and training
        if self.training:
            mean = X.mean(axis=AXES)
            var = X.var(axis=AXES)
            n = X.size / X.shape[1]
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * n / (n - 1)
        else:
            mean, var = self.running_mean, self.running_var
        self.std = np.sqrt(var + self.eps).reshape(shape)
        self.X_hat = (X - mean.reshape(shape)) / self.std
        return self.gamma.reshape(shape) * self.X_hat + self.beta.reshape(shape)

    def backward(self, dout):
        self.dgamma = (dout * self.X_hat).sum(axis=AXES)
        self.dbeta = dout.sum(axis=AXES)
        dX_hat = dout * self.gamma.reshape(1, -1, 1, 1)
        mean_d = dX_hat.mean(axis=AXES, keepdims=True)
        mean_dx = (dX_hat * self.X_hat).mean(axis=AXES, keepdims=True)
        return (dX_hat - mean_d - self.X_hat * mean_dx) / self.std
