"""The last stride is missing from the jump

Your jump is the one before the last layer. The size does not need the last stride, but the jump of the
output does.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for i, layer in enumerate(layers):
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k - 1) * d * jump
        if i < len(layers) - 1:
            jump = jump * s
    return size, jump
