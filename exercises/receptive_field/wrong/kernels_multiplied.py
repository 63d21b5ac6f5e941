"""Sizes multiplied instead of added

You multiply the kernel sizes. Two 3×3 layers of stride 1 see 5 pixels, not 9: neighbouring windows overlap, so a
layer adds k − 1 steps.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size * ((k - 1) * d + 1)
        jump = jump * s
    return size, jump
