"""A table of functions; NumPy numbers all the way."""
import numpy as np


def _window(shape, k, s, p):
    hw = np.array(shape[1:])
    return tuple((hw - k + 2 * p) // s + 1)


def _conv(shape, *, out_channels, kernel_size, stride=1, padding=0, **_):
    parameters = np.prod((kernel_size, kernel_size, shape[0], out_channels)) + out_channels
    return (out_channels,) + _window(shape, kernel_size, stride, padding), parameters


def _pool(shape, *, kernel_size=2, stride=None, padding=0, **_):
    return (shape[0],) + _window(shape, kernel_size, stride or kernel_size, padding), 0


def _fc(shape, *, out_features, **_):
    return (out_features,), np.int64(shape[0]) * out_features + out_features


LAYERS = {
    "conv": _conv,
    "maxpool": _pool,
    "avgpool": _pool,
    "fc": _fc,
    "gap": lambda shape, **_: ((shape[0], 1, 1), 0),
    "flatten": lambda shape, **_: ((np.prod(shape),), 0),
    "batchnorm": lambda shape, **_: (shape, 2 * shape[0]),
    "relu": lambda shape, **_: (shape, 0),
    "dropout": lambda shape, **_: (shape, 0),
}


def _walk(shape, layers):
    for layer in layers:
        shape, parameters = LAYERS[layer["type"]](shape, **layer)
        yield shape, parameters


def compute_output_shape(input_shape, layers_config):
    return [shape for shape, _ in _walk(input_shape, layers_config)]


def count_parameters(input_shape, layers_config):
    return np.array([n for _, n in _walk(input_shape, layers_config)])
