"""Output shapes and parameter counts of a network, layer by layer."""

from math import prod


def compute_output_shape(input_shape, layers_config):
    """Shapes after every layer. input_shape (C, H, W), layers_config a list of dicts → a list of tuples."""
    shapes = [tuple(input_shape)]
    for layer in layers_config:
        shapes.append(_output_shape(shapes[-1], layer))
    return shapes[1:]


def count_parameters(input_shape, layers_config):
    """Learnable numbers of every layer. input_shape (C, H, W), layers_config a list of dicts → ints."""
    inputs = [tuple(input_shape), *compute_output_shape(input_shape, layers_config)]
    return [_parameters(shape, layer) for shape, layer in zip(inputs, layers_config, strict=False)]


def _output_shape(shape, layer):
    match layer["type"]:
        case "conv":
            size = _sizes(shape, layer["kernel_size"], layer.get("stride", 1), layer.get("padding", 0))
            return (layer["out_channels"], *size)
        case "maxpool" | "avgpool":
            kernel_size = layer.get("kernel_size", 2)
            size = _sizes(shape, kernel_size, layer.get("stride", kernel_size), layer.get("padding", 0))
            return (shape[0], *size)
        case "gap":
            return (shape[0], 1, 1)
        case "flatten":
            return (prod(shape),)
        case "fc":
            return (layer["out_features"],)
    return shape  # batchnorm, relu, dropout


def _sizes(shape, F, S, P):
    """floor((W - F + 2P) / S) + 1, for the height and the width."""
    return [(W - F + 2 * P) // S + 1 for W in shape[1:]]


def _parameters(shape, layer):
    match layer["type"]:
        case "conv":
            return (layer["kernel_size"] ** 2 * shape[0] + 1) * layer["out_channels"]
        case "fc":
            return (shape[0] + 1) * layer["out_features"]
        case "batchnorm":
            return 2 * shape[0]  # gamma and beta
    return 0
