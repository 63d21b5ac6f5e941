"""Results that are transposed, read-only, byte-swapped, reversed views, subclasses."""

import numpy as np


class Image(np.ndarray):
    """An array with a caption."""

    def __new__(cls, data, caption=""):
        found = np.asarray(data, float).view(cls)
        found.caption = caption
        return found

    def __array_finalize__(self, other):
        self.caption = getattr(other, "caption", "")


def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(np.asarray(X, float), padding), np.asarray(K, float)
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]
    y = Image(np.einsum("ijmn,mn->ij", windows, K), "feature map")
    y = np.asfortranarray(y[::-1, ::-1])[::-1, ::-1]
    y.flags.writeable = False
    return y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    maps = [sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)]
    return np.stack(maps).astype(">f8").T.copy().T
