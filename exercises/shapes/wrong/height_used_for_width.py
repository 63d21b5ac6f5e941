"""Height used for the width

You compute one size and use it for both axes. Images need not be square: apply the formula to the height
and to the width.
"""

def compute_output_shape(input_shape, layers_config):
    shape = tuple(input_shape)
    shapes = []
    for layer in layers_config:
        kind = layer["type"]
        if kind == "conv":
            c, h, w = shape
            k = layer["kernel_size"]
            s = layer.get("stride", 1)
            p = layer.get("padding", 0)
            size = (h - k + 2 * p) // s + 1
            shape = (layer["out_channels"], size, size)
        elif kind in ("maxpool", "avgpool"):
            c, h, w = shape
            k = layer.get("kernel_size", 2)
            s = layer.get("stride", k)
            p = layer.get("padding", 0)
            size = (h - k + 2 * p) // s + 1
            shape = (c, size, size)
        elif kind == "gap":
            shape = (shape[0], 1, 1)
        elif kind == "flatten":
            n = 1
            for size in shape:
                n *= size
            shape = (n,)
        elif kind == "fc":
            shape = (layer["out_features"],)
        shapes.append(shape)
    return shapes


def count_parameters(input_shape, layers_config):
    inputs = [tuple(input_shape)] + compute_output_shape(input_shape, layers_config)
    counts = []
    for shape, layer in zip(inputs, layers_config):
        kind = layer["type"]
        if kind == "conv":
            k = layer["kernel_size"]
            counts.append((k * k * shape[0] + 1) * layer["out_channels"])
        elif kind == "batchnorm":
            counts.append(2 * shape[0])
        elif kind == "fc":
            counts.append((shape[0] + 1) * layer["out_features"])
        else:
            counts.append(0)
    return counts
