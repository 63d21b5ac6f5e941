"""Shapes and parameters, layer by layer. Fill in the two functions."""


def compute_output_shape(input_shape, layers_config):
    """The shape of the data after every layer.

    input_shape (C, H, W); layers_config: a list of dicts, one per layer, such as
    {"type": "conv", "out_channels": 16, "kernel_size": 5, "stride": 1, "padding": 0}
    → a list of tuples, one per layer: (C, H, W), or (n,) after "flatten" and "fc".
    """
    raise NotImplementedError


def count_parameters(input_shape, layers_config):
    """The number of learnable parameters of every layer, 0 where there are none.

    input_shape (C, H, W); layers_config as above → a list of ints, one per layer.
    """
    raise NotImplementedError
