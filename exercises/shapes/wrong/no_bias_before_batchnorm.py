"""No bias before batch norm

You count no bias for a convolution that batch norm follows. There networks often leave it out, but here every convolution
has one bias per filter, whatever comes next.
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
            shape = (layer["out_channels"], (h - k + 2 * p) // s + 1, (w - k + 2 * p) // s + 1)
        elif kind in ("maxpool", "avgpool"):
            c, h, w = shape
            k = layer.get("kernel_size", 2)
            s = layer.get("stride", k)
            p = layer.get("padding", 0)
            shape = (c, (h - k + 2 * p) // s + 1, (w - k + 2 * p) // s + 1)
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
    for i, (shape, layer) in enumerate(zip(inputs, layers_config)):
        kind = layer["type"]
        if kind == "conv":
            k = layer["kernel_size"]
            following = layers_config[i + 1:i + 2]
            bias = not following or following[0]["type"] != "batchnorm"
            counts.append((k * k * shape[0] + bias) * layer["out_channels"])
        elif kind == "batchnorm":
            counts.append(2 * shape[0])
        elif kind == "fc":
            counts.append((shape[0] + 1) * layer["out_features"])
        else:
            counts.append(0)
    return counts
