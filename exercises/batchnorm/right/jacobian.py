"""The gradient as a product with the whole Jacobian of each channel."""
import numpy as np


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.channels = range(num_features)
        self.eps, self.momentum = eps, momentum
        self.gamma, self.beta = np.full(num_features, 1.0), np.full(num_features, 0.0)
        self.running_mean, self.running_var = np.full(num_features, 0.0), np.full(num_features, 1.0)

    def forward(self, X, training=True):
        Y = np.empty(np.shape(X))
        self.z, self.s = {}, {}
        for c in self.channels:
            x = np.float64(X[:, c])
            mean, var = (x.mean(), x.var()) if training else (self.running_mean[c], self.running_var[c])
            if training:
                self.running_mean[c] += self.momentum * (mean - self.running_mean[c])
                self.running_var[c] += self.momentum * (np.var(x, ddof=1) - self.running_var[c])
            self.s[c] = np.sqrt(var + self.eps)
            self.z[c] = ((x - mean) / self.s[c]).ravel()
            Y[:, c] = (self.gamma[c] * self.z[c] + self.beta[c]).reshape(x.shape)
        return Y

    def backward(self, dout):
        dX = np.empty(dout.shape)
        self.dgamma, self.dbeta = np.zeros(len(self.channels)), np.zeros(len(self.channels))
        for c in self.channels:
            d, z = dout[:, c].ravel(), self.z[c]
            n = len(z)
            J = self.gamma[c] / self.s[c] * (np.eye(n) - 1 / n - np.outer(z, z) / n)  # dY_i / dX_j
            dX[:, c] = (d @ J).reshape(dout[:, c].shape)
            self.dgamma[c], self.dbeta[c] = d @ z, d.sum()
        return dX
