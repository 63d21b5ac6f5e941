"""Dilation multiplied into the jump

You multiply the jump by the dilation as well. Dilation spreads the taps of one layer, but neighbouring
outputs stay as far apart as the stride says.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k - 1) * d * jump
        jump = jump * s * d
    return size, jump
