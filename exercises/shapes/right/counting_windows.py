# counts the positions where a window fits instead of using the formula; returns lists
def positions(n, k, s, p):
    count = 0
    start = -p
    while start + k <= n + p:
        count += 1
        start += s
    return count


def compute_output_shape(input_shape, layers_config):
    out = []
    current = list(input_shape)
    for layer in layers_config:
        t = layer["type"]
        if t == "conv":
            args = layer["kernel_size"], layer.get("stride", 1), layer.get("padding", 0)
            current = [layer["out_channels"], positions(current[1], *args), positions(current[2], *args)]
        elif t.endswith("pool"):
            k = layer["kernel_size"] if "kernel_size" in layer else 2
            s = layer["stride"] if "stride" in layer else k
            args = k, s, layer.get("padding", 0)
            current = [current[0], positions(current[1], *args), positions(current[2], *args)]
        elif t == "gap":
            current = [current[0], 1, 1]
        elif t == "flatten":
            n = 1
            for c in current:
                n = n * c
            current = [n]
        elif t == "fc":
            current = [layer["out_features"]]
        out.append(list(current))
    return out


def count_parameters(input_shape, layers_config):
    result = []
    for i, layer in enumerate(layers_config):
        before = ([list(input_shape)] + compute_output_shape(input_shape, layers_config[:i]))[-1]
        if layer["type"] == "conv":
            one_filter = layer["kernel_size"] * layer["kernel_size"] * before[0]
            result.append(layer["out_channels"] * one_filter + layer["out_channels"])
        elif layer["type"] == "fc":
            result.append(before[0] * layer["out_features"] + layer["out_features"])
        elif layer["type"] == "batchnorm":
            result.append(before[0] + before[0])
        else:
            result.append(0)
    return result
