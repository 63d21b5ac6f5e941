"""Receptive field. Fill in the function."""


def receptive_field(layers):
    """How many input pixels (along one axis) one output value depends on, and how far apart neighbours look.

    layers: a list of dicts, from the input to the output, with the keys "kernel_size", "stride" (1 if it is
    missing) and "dilation" (1 if it is missing) → (size, jump), two ints.
    """
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_receptive_field.py; the grader does not run it
    print(receptive_field([{"kernel_size": 3}, {"kernel_size": 3, "stride": 2}, {"kernel_size": 3}]))  # (9, 2)
    print(receptive_field([{"kernel_size": 3}] * 3))  # (7, 1)
