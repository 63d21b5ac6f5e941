"""Dilation is not looked at.

Source: Fangyh09/pytorch-receptive-field issue 6, "dilation convolution receptive field"; frgfm/torch-scan issue 27.
Expect: loses
"""


def receptive_field(layers):
    r, j = 1, 1
    for layer in layers:
        r = r + (layer["kernel_size"] - 1) * j
        j = j * layer.get("stride", 1)
    return r, j
