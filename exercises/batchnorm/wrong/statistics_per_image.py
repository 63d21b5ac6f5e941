"""Each image has its own statistics

You average over height and width only, which is instance normalisation. Batch normalisation takes
one mean and one variance per channel over all images of the batch: axes (0, 2, 3).
"""

import numpy as np

AXES = (0, 2, 3)


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.eps = eps
        self.momentum = momentum
        self.gamma = np.ones(num_features)
        self.beta = np.zeros(num_features)
        self.running_mean = np.zeros(num_features)
        self.running_var = np.ones(num_features)

    def forward(self, X, training=True):
        X = np.asarray(X, dtype=float)
        shape = (1, -1, 1, 1)
        if training:
            mean = X.mean(axis=(2, 3), keepdims=True)
            var = X.var(axis=(2, 3), keepdims=True)
            n = X.shape[2] * X.shape[3]
            running = mean.mean(axis=0).ravel(), var.mean(axis=0).ravel() * n / (n - 1)
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * running[0]
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * running[1]
        else:
            mean, var = self.running_mean.reshape(shape), self.running_var.reshape(shape)
        self.std = np.sqrt(var + self.eps)
        self.X_hat = (X - mean) / self.std
        return self.gamma.reshape(shape) * self.X_hat + self.beta.reshape(shape)

    def backward(self, dout):
        self.dgamma = (dout * self.X_hat).sum(axis=AXES)
        self.dbeta = dout.sum(axis=AXES)
        dX_hat = dout * self.gamma.reshape(1, -1, 1, 1)
        mean_d = dX_hat.mean(axis=(2, 3), keepdims=True)
        mean_dx = (dX_hat * self.X_hat).mean(axis=(2, 3), keepdims=True)
        return (dX_hat - mean_d - self.X_hat * mean_dx) / self.std
