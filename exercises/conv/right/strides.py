import numpy as np
from numpy.lib.stride_tricks import as_strided


def _windows(X, Fh, Fw, S):
    C, H, W = X.shape
    Ho, Wo = (H - Fh) // S + 1, (W - Fw) // S + 1
    c, h, w = X.strides
    return as_strided(X, (C, Ho, Wo, Fh, Fw), (c, h * S, w * S, h, w))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    pad = ((0, 0), (padding, padding), (padding, padding))
    X = np.pad(np.array(X, dtype=float), pad)
    win = _windows(X, *K.shape[2:], stride)
    Y = np.tensordot(win, K, axes=([0, 3, 4], [1, 2, 3]))   # (Ho, Wo, C_out)
    return np.transpose(Y + b, (2, 0, 1))


conv2d = lambda X, K, stride=1, padding=0: conv2d_multichannel(  # noqa: E731
    X[np.newaxis], K[np.newaxis, np.newaxis], 0.0, stride, padding)[0]
