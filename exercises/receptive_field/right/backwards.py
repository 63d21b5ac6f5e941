# from the output back to the input: r = (r - 1) * s + (k - 1) * d + 1
def receptive_field(layers):
    r = 1
    product = 1
    for i in range(len(layers) - 1, -1, -1):
        layer = layers[i]
        s = layer["stride"] if "stride" in layer else 1
        d = layer["dilation"] if "dilation" in layer else 1
        r = (r - 1) * s + (layer["kernel_size"] - 1) * d + 1
        product = product * s
    return [r, product]
