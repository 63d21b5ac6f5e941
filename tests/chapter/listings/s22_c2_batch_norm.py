# Exercise C2 of section 22 as it is worded (E33): the layer in training mode normalises with its running statistics.
import numpy as np


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.gamma = np.ones(num_features)
        self.beta = np.zeros(num_features)
        self.running_mean = np.zeros(num_features)
        self.running_var = np.ones(num_features)
        self.eps = eps
        self.momentum = momentum

    def forward(self, X, training=True):
        if training:
            n = X.shape[0] * X.shape[2] * X.shape[3]
            mean = X.mean(axis=(0, 2, 3))
            var = X.var(axis=(0, 2, 3)) * n / (n - 1)
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var
        self.n = X.shape[0] * X.shape[2] * X.shape[3]
        self.std = np.sqrt(self.running_var + self.eps).reshape(1, -1, 1, 1)
        self.x_hat = (X - self.running_mean.reshape(1, -1, 1, 1)) / self.std
        return self.gamma.reshape(1, -1, 1, 1) * self.x_hat + self.beta.reshape(1, -1, 1, 1)

    def backward(self, dout):
        self.dgamma = np.sum(dout * self.x_hat, axis=(0, 2, 3))
        self.dbeta = np.sum(dout, axis=(0, 2, 3))
        shape = (1, -1, 1, 1)
        centred = dout - (self.dbeta.reshape(shape) + self.x_hat * self.dgamma.reshape(shape)) / self.n
        return self.gamma.reshape(shape) / self.std * centred
