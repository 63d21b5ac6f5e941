"""The layers are changed by the call

You write the default values into the caller's dicts. Read with `dict.get`, or work on a copy.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.setdefault("stride", 1)
        d = layer.setdefault("dilation", 1)
        size = size + (k - 1) * d * jump
        jump = jump * s
    return size, jump
