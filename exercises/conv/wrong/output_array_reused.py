"""Every call returns the same array

The array for the output is made once and kept, so the next call writes over the answer that was returned before. Make a new one in each call.
"""

import numpy as np

OUTPUTS = {}


def output(*shape):
    return OUTPUTS.setdefault(shape, np.zeros(shape))


def conv2d(X, K, stride=1, padding=0):
    Y = conv2d_multichannel(np.asarray(X)[None], np.asarray(K)[None, None], [0], stride, padding)
    out = output(*Y.shape[1:])
    out[...] = Y[0]
    return out


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    X, K = np.asarray(X, dtype=float), np.asarray(K, dtype=float)
    X = np.pad(X, ((0, 0), (padding, padding), (padding, padding)))
    C_out, _, Fh, Fw = K.shape
    out = output(C_out, (X.shape[1] - Fh) // stride + 1, (X.shape[2] - Fw) // stride + 1)
    for c, i, j in np.ndindex(out.shape):
        window = X[:, i * stride : i * stride + Fh, j * stride : j * stride + Fw]
        out[c, i, j] = (window * K[c]).sum() + b[c]
    return out
