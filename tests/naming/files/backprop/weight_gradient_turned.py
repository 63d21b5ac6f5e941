"""The forward pass is right: nobody may say that its kernel is turned. Only dW is, at the end.

Name: none
Lost: conv_weight_gradient
"""
import numpy as np


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        scale = np.sqrt(2.0 / (in_channels * kernel_size * kernel_size))
        self.W = (np.random.randn(out_channels, in_channels, kernel_size, kernel_size) * scale).astype(np.float32)
        self.b = np.zeros((out_channels, 1), dtype=np.float32)

    def forward(self, X):
        N, C, H, W = X.shape
        k, s, p = self.kernel_size, self.stride, self.padding
        self.X_shape = X.shape
        self.X_padded = np.pad(X, ((0, 0), (0, 0), (p, p), (p, p)), mode="constant")
        H_out = (H + 2 * p - k) // s + 1
        W_out = (W + 2 * p - k) // s + 1
        out = np.zeros((N, self.out_channels, H_out, W_out))
        for n in range(N):
            for i in range(H_out):
                for j in range(W_out):
                    patch = self.X_padded[n, :, i * s:i * s + k, j * s:j * s + k]
                    for f in range(self.out_channels):
                        out[n, f, i, j] = np.sum(patch * self.W[f]) + self.b[f, 0]
        return out

    def backward(self, dout):
        N, F, H_out, W_out = dout.shape
        k, s, p = self.kernel_size, self.stride, self.padding
        self.dW = np.zeros(self.W.shape)
        self.db = np.zeros(self.b.shape)
        dX_padded = np.zeros(self.X_padded.shape)
        for n in range(N):
            for i in range(H_out):
                for j in range(W_out):
                    rows, cols = slice(i * s, i * s + k), slice(j * s, j * s + k)
                    for f in range(F):
                        self.dW[f] += dout[n, f, i, j] * self.X_padded[n, :, rows, cols]
                        self.db[f] += dout[n, f, i, j]
                        dX_padded[n, :, rows, cols] += dout[n, f, i, j] * self.W[f]
        self.dW = self.dW[:, :, ::-1, ::-1].copy()
        if p > 0:
            return dX_padded[:, :, p:-p, p:-p]
        return dX_padded
