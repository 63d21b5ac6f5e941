"""A cyclic shift is a product with a permutation matrix on each side; its entries are in the place of ones."""

import numpy as np


def permutation(n, by):
    P = np.zeros((n, n))
    P[(np.arange(n) + by) % n, np.arange(n)] = 1.0
    return P


def shift2d(X, dy, dx):
    X = np.asarray(X, dtype=np.float64)
    H, W = X.shape[-2], X.shape[-1]
    return permutation(H, dy) @ X @ permutation(W, dx).T


def equivariance_gap(f, X, dy, dx, stride=1):
    if (dy % stride, dx % stride) != (0, 0):
        raise ValueError("stride has to divide dy and dx")
    X = np.asarray(X, dtype=np.float64)
    return float(np.linalg.norm((f(shift2d(X, dy, dx)) - shift2d(f(X), dy // stride, dx // stride)).ravel(), np.inf))


def invariance_gap(f, X, dy, dx):
    X = np.asarray(X, dtype=np.float64)
    return float(np.linalg.norm(np.ravel(f(shift2d(X, dy, dx)) - np.asarray(f(X), dtype=float)), np.inf))
