"""A layer's own stride is counted in its size

You multiply the jump by the stride before you use it. A layer's window lies on the outputs of the layers
before it; its own stride only matters for the layers after it.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        jump = jump * s
        size = size + (k - 1) * d * jump
    return size, jump
