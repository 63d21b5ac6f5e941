"""The loops count as many windows as the stride leaves, but move on by one pixel: right for stride 1, where it was tried.

Source: rasbt/machine-learning-book pull request 168, the 2-D convolution of the book's examples.
Expect: loses
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(np.array(X, dtype=float), padding), np.array(K, dtype=float)
    rows = []
    for top in range((X.shape[0] - K.shape[0]) // stride + 1):
        row = []
        for left in range((X.shape[1] - K.shape[1]) // stride + 1):
            row.append(np.sum(X[top:top + K.shape[0], left:left + K.shape[1]] * K))
        rows.append(row)
    return np.array(rows)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(c, k, stride, padding) for c, k in zip(X, f)) + o for f, o in zip(K, b)])
