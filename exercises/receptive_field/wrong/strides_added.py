"""Strides added up

You add the strides. Two layers with stride 2 move by 4 input pixels: the jump is the product of the
strides.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k - 1) * d * jump
        jump = jump + s - 1
    return size, jump
