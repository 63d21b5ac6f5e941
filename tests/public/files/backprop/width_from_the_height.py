"""The width of the input's gradient is worked out from the height of `dout`.

Source: renmengye/np-conv2d pull request 2, "Fix bug computing `pad2w` in `conv2d_gradx`".
Expect: loses
"""
import numpy as np


class Conv2D:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k, self.s, self.p = kernel_size, stride, padding
        self.W = np.random.normal(0, 0.1, (out_channels, in_channels, kernel_size, kernel_size))
        self.b = np.zeros(out_channels)

    def forward(self, X):
        self.size = X.shape[2:]
        self.X = np.pad(np.asarray(X, dtype=float), [(0, 0)] * 2 + [(self.p, self.p)] * 2)
        windows = np.lib.stride_tricks.sliding_window_view(self.X, (self.k, self.k), (2, 3))
        self.windows = windows[:, :, ::self.s, ::self.s]
        return np.einsum("ncijpq,ocpq->noij", self.windows, self.W) + self.b[:, None, None]

    def backward(self, dout):
        self.dW = np.einsum("ncijpq,noij->ocpq", self.windows, dout)
        self.db = dout.sum((0, 2, 3))
        height = (dout.shape[2] - 1) * self.s + self.k
        width = (dout.shape[2] - 1) * self.s + self.k
        full = np.zeros((*self.X.shape[:2], max(height, self.X.shape[2]), max(width, self.X.shape[3])))
        for i in range(dout.shape[2]):
            for j in range(dout.shape[2]):
                part = full[:, :, i * self.s:i * self.s + self.k, j * self.s:j * self.s + self.k]
                part += np.tensordot(dout[:, :, i, j], self.W, 1)[..., :part.shape[2], :part.shape[3]]
        return full[:, :, self.p:self.p + self.size[0], self.p:self.p + self.size[1]]
