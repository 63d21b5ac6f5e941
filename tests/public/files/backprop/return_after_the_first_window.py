"""`return` stands one level too deep: only the first row of windows gets its gradient.

Source: riccardoandreoni0/CNN-from-scratch issue 1, "MaxPoolingLayer back_prop return incorrectly indented".
Expect: loses
"""
import numpy as np


class MaxPool2D:
    def __init__(self, pool_size=2, stride=2):
        self.size, self.step = pool_size, stride

    def patches(self, image):
        h, w = ((n - self.size) // self.step + 1 for n in image.shape[2:])
        for i in range(h):
            for j in range(w):
                yield image[:, :, i * self.step:i * self.step + self.size, j * self.step:j * self.step + self.size], i, j

    def forward(self, X):
        self.image = np.asarray(X, dtype=float)
        h, w = ((n - self.size) // self.step + 1 for n in self.image.shape[2:])
        out = np.zeros((*self.image.shape[:2], h, w))
        for patch, i, j in self.patches(self.image):
            out[:, :, i, j] = np.amax(patch, axis=(2, 3))
        return out

    def backward(self, dout):
        grad = np.zeros(self.image.shape)
        for patch, i, j in self.patches(self.image):
            for n, c in np.ndindex(patch.shape[:2]):
                y, x = np.unravel_index(patch[n, c].argmax(), patch.shape[2:])
                grad[n, c, i * self.step + y, j * self.step + x] += dout[n, c, i, j]
            if j == dout.shape[3] - 1:
                return grad
        return grad
