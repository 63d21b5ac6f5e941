"""What a teacher may write by hand for `padding`."""

import numpy as np
import pytest
from my_padding import output_size, pad2d

from solutions import padding


@pytest.mark.parametrize("W, F, P, S", [(7, 3, 0, 1), (7, 3, 1, 2), (8, 3, 0, 2), (5, 2, 1, 3)])
def test_output_size(W, F, P, S):
    assert output_size(W, F, P, S) == padding.output_size(W, F, P, S)


@pytest.mark.parametrize("mode", ["valid", "same", "full"])
@pytest.mark.parametrize("F", [3, 5])
def test_pad2d(F, mode):
    X = np.random.default_rng(0).normal(size=(6, 6))
    np.testing.assert_allclose(pad2d(X, F, mode), padding.pad2d(X, F, mode))
