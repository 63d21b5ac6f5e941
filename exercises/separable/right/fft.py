"""Cross-correlation as a product of spectra; the 1×1 stage as a tensordot."""
import numpy as np


def depthwise_conv2d(X, K, stride=1, padding=0):
    X = np.pad(X, [(0, 0)] + [(padding, padding)] * 2).astype(np.float64)
    size = X.shape[1:]
    product = np.fft.rfft2(X, size) * np.conj(np.fft.rfft2(K, size))
    full = np.fft.irfft2(product, size)
    fits = full[:, : size[0] - K.shape[1] + 1, : size[1] - K.shape[2] + 1]
    return fits[:, ::stride, ::stride]


def pointwise_conv2d(X, W, b):
    return np.tensordot(W * 1.0, X * 1.0, axes=(1, 0)) + np.expand_dims(b, (1, 2))


def separable_params(C_in, C_out, F, bias=False):
    stages = {"depthwise": (C_in, F * F), "pointwise": (C_out, C_in)}
    return sum(maps * (weights + int(bias)) for maps, weights in stages.values())
