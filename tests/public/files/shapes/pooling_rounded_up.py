"""Pooling layers keep the window that hangs over the edge: their size is rounded up.

Source: shicai/DenseNet-Caffe issue 20, "The shapes in netscope are wrong?", on `ceil_mode`.
Expect: loses
"""
from math import ceil, prod

BN = 2


def compute_output_shape(input_shape, layers_config):
    shapes, shape = [], tuple(input_shape)
    for layer in layers_config:
        kind = layer["type"]
        if kind == "conv":
            k, s, p = layer["kernel_size"], layer.get("stride", 1), layer.get("padding", 0)
            shape = (layer["out_channels"], *((n + 2 * p - k) // s + 1 for n in shape[1:]))
        elif kind in ("maxpool", "avgpool"):
            k = layer.get("kernel_size", 2)
            s, p = layer.get("stride", k), layer.get("padding", 0)
            shape = (shape[0], *(ceil((n + 2 * p - k) / s) + 1 for n in shape[1:]))
        elif kind == "gap":
            shape = (shape[0], 1, 1)
        elif kind == "flatten":
            shape = (prod(shape),)
        elif kind == "fc":
            shape = (layer["out_features"],)
        shapes.append(shape)
    return shapes


def channels(shape):
    return shape[0]


def count_parameters(input_shape, layers_config):
    counts, shapes = [], [tuple(input_shape), *compute_output_shape(input_shape, layers_config)]
    for shape, layer in zip(shapes, layers_config):
        if layer["type"] == "conv":
            counts.append(layer["out_channels"] * (shape[0] * layer["kernel_size"] ** 2 + 1))
        elif layer["type"] == "fc":
            counts.append(layer["out_features"] * (shape[0] + 1))
        else:
            counts.append(BN * channels(shape) if layer["type"] == "batchnorm" else 0)
    return counts
