"""The forward pass is there; the backward pass says that it is not.

Name: none
Lost: parameter_gradients input_gradient
"""
import numpy as np


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.gamma = np.ones((num_features,))
        self.beta = np.zeros((num_features,))
        self.running_mean = np.zeros((num_features,))
        self.running_var = np.ones((num_features,))

    def _rows(self, X):
        return X.transpose(0, 2, 3, 1).reshape(-1, self.num_features)

    def _back(self, rows, shape):
        N, C, H, W = shape
        return rows.reshape(N, H, W, C).transpose(0, 3, 1, 2)

    def forward(self, X, training=True):
        R = self._rows(X.astype(float))
        if training:
            mu, var = R.mean(axis=0), R.var(axis=0)
            self.running_mean = self.running_mean + self.momentum * (mu - self.running_mean)
            self.running_var = self.running_var + self.momentum * (R.var(axis=0, ddof=1) - self.running_var)
        else:
            mu, var = self.running_mean, self.running_var
        self.inv = 1.0 / np.sqrt(var + self.eps)
        self.xhat = (R - mu) * self.inv
        return self._back(self.xhat * self.gamma + self.beta, X.shape)

    def backward(self, dout):
        raise ValueError("not done yet")
