"""Functions made by a factory, by exec and by assignment in a loop."""

import numpy as np

SOURCE = """
def correlate(X, K, stride):
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]
    return np.tensordot(windows, K, axes=2)
"""
space = {"np": np}
exec(SOURCE, space)


def factory(correlate):
    def conv2d(X, K, stride=1, padding=0):
        return correlate(np.pad(np.asarray(X, float), padding), np.asarray(K, float), stride)

    def conv2d_multichannel(X, K, b, stride=1, padding=0):
        return np.array([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)])

    return conv2d, conv2d_multichannel


conv2d, conv2d_multichannel = factory(space["correlate"])
