"""Parameters have other names

The values are right, but the parameters have to be called X, K, b, stride and padding: callers name them.
"""
import numpy as np


def conv2d(image, kernel, s=1, pad=0):
    image = np.pad(np.asarray(image, dtype=float), pad)
    kernel = np.asarray(kernel, dtype=float)
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijmn,mn->ij", windows[::s, ::s], kernel)


def conv2d_multichannel(image, kernels, bias, s=1, pad=0):
    maps = []
    for kernel, shift in zip(kernels, bias):
        maps.append(shift + sum(conv2d(x, k, s, pad) for x, k in zip(image, kernel)))
    return np.stack(maps)
