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


if __name__ == "__main__":  # the statement's example: python my_shapes.py; the grader does not run it
    layers = [
        *({"type": "conv", "out_channels": 16, "kernel_size": 5}, {"type": "relu"}, {"type": "maxpool"}),
        *({"type": "conv", "out_channels": 32, "kernel_size": 5}, {"type": "relu"}, {"type": "maxpool"}),
        *({"type": "flatten"}, {"type": "fc", "out_features": 10}),
    ]
    print(compute_output_shape((1, 28, 28), layers)[-2:])  # [(512,), (10,)]
    print(count_parameters((1, 28, 28), layers))  # [416, 0, 0, 12832, 0, 0, 0, 5130]
