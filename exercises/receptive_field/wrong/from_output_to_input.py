"""The layers are taken in the wrong order

You go from the last layer to the first, with the formula for the other direction. The first dict is the
layer next to the input, and its stride multiplies what all later layers add.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in reversed(layers):
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k - 1) * d * jump
        jump = jump * s
    return size, jump
