"""Shifts longer than the image do nothing

A slice that begins beyond the end is empty, so a shift longer than the image leaves yours as it was. Take the shift
modulo the size first.
"""

import numpy as np


def shift2d(X, dy, dx):
    X = np.asarray(X, dtype=float)
    X = np.concatenate([X[..., -dy:, :], X[..., :-dy, :]], axis=-2) if dy else X
    return np.concatenate([X[..., -dx:], X[..., :-dx]], axis=-1) if dx else X.copy()


def largest(a, b):
    return float(np.max(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
