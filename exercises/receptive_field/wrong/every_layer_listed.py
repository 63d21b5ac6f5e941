"""One entry per layer instead of the last

You return the receptive field after every layer. Only the one after the last layer is asked for.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    found = []
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k - 1) * d * jump
        jump = jump * s
        found.append((size, jump))
    return found
