"""Only the stride of the layer before is used

You multiply by the stride of the previous layer. All strides before a layer count, so carry their product
along.
"""

def receptive_field(layers):
    size = 1
    jump = 1
    previous = 1
    for layer in layers:
        k = layer["kernel_size"]
        s = layer.get("stride", 1)
        d = layer.get("dilation", 1)
        size = size + (k - 1) * d * previous
        previous = s
        jump = jump * s
    return size, jump
