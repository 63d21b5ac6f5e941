"""Layers are gone through from the last to the first, with the recursion for the other direction.

Source: frgfm/torch-scan issue 27: values "relative to the output of the model, rather than its input".
Expect: loses
"""


def receptive_field(layers):
    r = j = 1
    for layer in reversed(layers):
        r += (layer["kernel_size"] - 1) * layer.get("dilation", 1) * j
        j *= layer.get("stride", 1)
    return r, j
