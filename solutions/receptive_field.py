"""How much of the input one output value sees."""


def receptive_field(layers):
    """Receptive field and jump (distance between the centres of neighbouring outputs), in input pixels.

    layers: a list of dicts with kernel_size, stride (1), dilation (1) → (size, jump).
    """
    size, jump = 1, 1
    for layer in layers:
        size += (layer["kernel_size"] - 1) * layer.get("dilation", 1) * jump
        jump *= layer.get("stride", 1)
    return size, jump
