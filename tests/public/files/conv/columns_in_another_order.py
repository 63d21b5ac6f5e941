"""Patches are laid out pixel by pixel with the channels last, filters channel by channel: both have the same length.

Source: pytorch/executorch pull request 20708, "Fix generic im2row NHWC layout to match Python reference".
Expect: loses
"""
import numpy as np


def patches(X, size, stride):
    h, w = ((n - k) // stride + 1 for n, k in zip(X.shape[1:], size))
    taken = np.empty((h, w, size[0] * size[1] * X.shape[0]))
    for i, j in np.ndindex(h, w):
        patch = X[:, i * stride:i * stride + size[0], j * stride:j * stride + size[1]]
        taken[i, j] = np.moveaxis(patch, 0, -1).reshape(-1)
    return taken


def conv2d(X, K, stride=1, padding=0):
    return conv2d_multichannel(np.asarray(X)[None], np.asarray(K)[None, None], np.zeros(1), stride, padding)[0]


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    X, K = np.asarray(X, dtype=float), np.asarray(K, dtype=float)
    X = np.pad(X, [(0, 0), (padding, padding), (padding, padding)])
    out = patches(X, K.shape[2:], stride) @ K.reshape(len(K), -1).T + np.asarray(b, dtype=float)
    return np.moveaxis(out, -1, 0)
