"""A padded image is made, and the windows are taken from the original one.

Source: SamratSahoo/UT-Arlington-Research issue 2, "Error while finding output with strides equals 2".
Expect: loses
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    image, kernel = np.asarray(X, dtype=float), np.asarray(K, dtype=float)
    padded = np.zeros((image.shape[0] + 2 * padding, image.shape[1] + 2 * padding))
    padded[padding:padding + image.shape[0], padding:padding + image.shape[1]] = image
    h = (padded.shape[0] - kernel.shape[0]) // stride + 1
    w = (padded.shape[1] - kernel.shape[1]) // stride + 1
    out = np.zeros((h, w))
    for y in range(h):
        for x in range(w):
            window = image[y * stride:y * stride + kernel.shape[0], x * stride:x * stride + kernel.shape[1]]
            out[y, x] = np.sum(window * kernel[:window.shape[0], :window.shape[1]])
    return out


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(c, k, stride, padding) for c, k in zip(X, f)) + o for f, o in zip(K, b)])
