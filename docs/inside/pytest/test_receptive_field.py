"""What a teacher may write by hand for `receptive_field`."""

import pytest
from my_receptive_field import receptive_field

THREE = {"kernel_size": 3}
NETWORKS = [([THREE, THREE], (5, 1)), ([{"kernel_size": 3, "stride": 2}, {"kernel_size": 3, "dilation": 2}], (11, 2))]


@pytest.mark.parametrize("layers, expected", NETWORKS)
def test_receptive_field(layers, expected):
    assert receptive_field(layers) == expected
