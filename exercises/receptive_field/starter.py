"""Receptive field. Fill in the function."""


def receptive_field(layers):
    """How many input pixels (along one axis) one output value depends on, and how far apart neighbours look.

    layers: a list of dicts, from the input to the output, with the keys "kernel_size", "stride" (1 if it is
    missing) and "dilation" (1 if it is missing) → (size, jump), two ints.
    """
    raise NotImplementedError
