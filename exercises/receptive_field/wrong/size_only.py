"""Only the size is returned

You return one number. The function has to return two, the size and the jump.
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
    return size
