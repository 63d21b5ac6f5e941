"""The kernel is widened by its dilation, and what comes out is widened again.

Source: ddbourgin/numpy-ml issue 32: "because fr and fc are already dilated size".
Expect: loses
"""


def widened(k, d):
    return k + (k - 1) * (d - 1)


def receptive_field(layers):
    r, j = 1, 1
    for layer in layers:
        d = layer.get("dilation", 1)
        r += (widened(layer["kernel_size"], d) - 1) * d * j
        j *= layer.get("stride", 1)
    return r, j
