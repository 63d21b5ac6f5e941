"""Channels last, every pixel one row of a matrix, the compact gradient formula."""
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
        D = self._rows(dout)
        n = D.shape[0]
        self.dbeta = D.sum(axis=0)
        self.dgamma = (D * self.xhat).sum(axis=0)
        dR = self.gamma * self.inv / n * (n * D - self.dbeta - self.xhat * self.dgamma)
        return self._back(dR, dout.shape)
