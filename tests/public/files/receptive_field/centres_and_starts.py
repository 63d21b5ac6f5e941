"""The quadruple of size, jump, receptive field and start, of which two are asked for.

Source: Dang Ha The Hien, "A guide to receptive field arithmetic for Convolutional Neural Networks".
Expect: full marks
"""


def out_from_in(conv, layer_in):
    n_in, j_in, r_in, start_in = layer_in
    k, s, p, d = conv
    n_out = (n_in - (d * (k - 1) + 1) + 2 * p) // s + 1
    j_out = j_in * s
    r_out = r_in + (k - 1) * d * j_in
    return n_out, j_out, r_out, start_in + ((d * (k - 1) + 1 - 1) / 2 - p) * j_in


def receptive_field(layers):
    current = (10 ** 9, 1, 1, 0.5)
    for layer in layers:
        k, s, d = (layer.get(name, default) for name, default in (("kernel_size", None), ("stride", 1), ("dilation", 1)))
        current = out_from_in((k, s, 0, d), current)
    return current[2], current[1]
