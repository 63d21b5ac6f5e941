"""Dilated kernel one gap too wide

You take k · d as the width of the dilated kernel. The dilation stretches the k − 1 steps between the taps,
not the taps: the width is (k − 1) · d + 1.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k * d - 1) * jump
        jump = jump * s
    return size, jump
