"""What a teacher may write by hand for `shapes`."""

from my_shapes import compute_output_shape

LAYERS = [
    {"type": "conv", "out_channels": 8, "kernel_size": 3, "padding": 1},
    {"type": "maxpool", "kernel_size": 2},
    {"type": "flatten"},
    {"type": "fc", "out_features": 10},
]


def test_compute_output_shape():
    assert compute_output_shape((3, 9, 9), LAYERS) == [(8, 9, 9), (8, 4, 4), (128,), (10,)]
