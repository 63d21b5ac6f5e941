"""Strides do not enter the size

Every layer adds (k − 1) · d in your formula. After a strided layer, one step of the next layers is several
input pixels: multiply by the jump so far.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k - 1) * d
        jump = jump * s
    return size, jump
