"""Missing keys are not given their defaults

You read "stride" and "dilation" with `layer["stride"]`, which raises a KeyError when the key is left out.
Look up `dict.get` and its second argument.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer["stride"]
        d = layer["dilation"]
        size = size + (k - 1) * d * jump
        jump = jump * s
    return size, jump
