"""A convolution is a linear map: build its matrix and multiply."""
import numpy as np


def conv_matrix(K, H, W, S):
    Fh, Fw = np.shape(K)
    Ho, Wo = 1 + (H - Fh) // S, 1 + (W - Fw) // S
    M = np.zeros((Ho, Wo, H, W))
    for i in range(Ho):
        for j in range(Wo):
            M[i, j, i * S:i * S + Fh, j * S:j * S + Fw] = K
    return M


def conv2d(X, K, stride=1, padding=0):
    X = np.pad(X, padding)
    M = conv_matrix(K, *X.shape, stride)
    return np.tensordot(M, X.astype(float), axes=2)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    Y = np.array([[conv2d(x, k, stride, padding) for x, k in zip(X, kk)] for kk in K])
    return Y.sum(axis=1) + np.expand_dims(b, (1, 2))
