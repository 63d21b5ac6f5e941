"""The jump is the last layer's stride

You return the stride of the last layer. The jump is measured in pixels of the input, so it is the product
of all strides.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k - 1) * d * jump
        jump = jump * s
    return size, s
