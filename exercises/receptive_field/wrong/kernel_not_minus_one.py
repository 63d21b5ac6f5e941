"""Each layer adds its whole kernel

You add k per layer. The window's first pixel was already counted by the layer before, so a layer adds k −
1.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + k * d * jump
        jump = jump * s
    return size, jump
