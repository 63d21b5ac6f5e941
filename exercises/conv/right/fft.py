"""Correlation theorem: multiply by the conjugate spectrum, keep the 'valid' part, then subsample."""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X = np.pad(np.asarray(X, float), padding)
    K = np.asarray(K, float)
    spectrum = np.fft.rfft2(X) * np.conj(np.fft.rfft2(K, s=X.shape))
    full = np.fft.irfft2(spectrum, s=X.shape)
    valid = full[:X.shape[0] - K.shape[0] + 1, :X.shape[1] - K.shape[1] + 1]
    return valid[::stride, ::stride]


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    out = []
    for o in range(len(K)):
        s = b[o]
        for c in range(len(X)):
            s = s + conv2d(X[c], K[o][c], stride=stride, padding=padding)
        out.append(s)
    return np.array(out)
