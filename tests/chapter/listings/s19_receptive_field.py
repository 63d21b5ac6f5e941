# Section 19's formula as a function: right once it starts at one pixel, which is not printed there (E58).
def receptive_field(layers):
    size, jump = 1, 1
    for layer in layers:
        size = size + (layer['kernel_size'] - 1) * layer.get('dilation', 1) * jump
        jump = jump * layer.get('stride', 1)
    return size, jump
