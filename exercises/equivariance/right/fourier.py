"""The shift theorem: a shift is a turn of the phases of the Fourier transform."""

import numpy as np


def shift2d(X, dy, dx):
    X = np.asarray(X, dtype=np.float64)
    H, W = X.shape[-2:]
    dy, dx = dy % H, dx % W
    turn = np.exp(-2j * np.pi * (np.fft.fftfreq(H)[:, None] * dy + np.fft.fftfreq(W) * dx))
    return np.real(np.fft.ifft2(np.fft.fft2(X) * turn))


def gap(a, b):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return float(np.abs(a - b).max())


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("the output cannot be shifted by a fraction of a pixel")
    return gap(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return gap(f(shift2d(X, dy, dx)), f(X))
