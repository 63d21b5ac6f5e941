import numpy as np


def receptive_field(layers):
    k = np.array([layer["kernel_size"] for layer in layers])
    s = np.array([layer.get("stride", 1) for layer in layers])
    d = np.array([layer.get("dilation", 1) for layer in layers])
    jumps = np.concatenate([[1], np.cumprod(s)])
    return np.array([1 + np.sum((k - 1) * d * jumps[:-1]), jumps[-1]])
