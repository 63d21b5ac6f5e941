"""Counted from 0

You start with size 0. A pixel of the input sees itself: start with 1.
"""

def receptive_field(layers):
    size = 0
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k - 1) * d * jump
        jump = jump * s
    return size, jump
