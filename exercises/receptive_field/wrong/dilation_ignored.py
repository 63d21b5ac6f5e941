"""Dilation ignored

Your size has no dilation in it. With dilation d there are d − 1 gaps between the taps of the kernel, so it
spans (k − 1) · d pixels more than its first one.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        size = size + (k - 1) * jump
        jump = jump * s
    return size, jump
