"""Kept values overwritten in backward

backward computes in the array of normalised inputs that forward kept, so a second backward starts from something else.
Make a new array for the gradient.
"""

import numpy as np

AXES = (0, 2, 3)


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.eps = eps
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
        if training:
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
        dX = self.X_hat
        dX *= -(dX_hat * self.X_hat).mean(axis=AXES, keepdims=True)
        dX += dX_hat - dX_hat.mean(axis=AXES, keepdims=True)
        dX /= self.std
        return dX
