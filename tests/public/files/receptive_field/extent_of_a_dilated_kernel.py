"""A dilated kernel is taken to reach over F·(d − 1) + 1 pixels: its size does not count where d is 1.

Source: vlfeat/matconvnet issue 1010, "Output shape of dilated convolution, I suspect it is a bug".
Expect: loses
"""


def receptive_field(layers):
    size, jump = 1, 1
    for layer in layers:
        reach = layer["kernel_size"] * (layer.get("dilation", 1) - 1) + 1
        size, jump = size + (reach - 1) * jump, jump * layer.get("stride", 1)
    return size, jump
