"""The reference of `separable` against torch's grouped and 1×1 convolutions."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from solutions.separable import depthwise_conv2d, pointwise_conv2d, separable_params

CASES = 1000


def test_depthwise_against_torch():
    rng = np.random.default_rng(0)
    for _ in range(CASES):
        C, P, S = rng.integers(1, 5), int(rng.integers(0, 4)), int(rng.integers(1, 4))
        Fh, Fw = rng.integers(1, 5, 2)
        H, W = max(Fh - 2 * P, 1) + rng.integers(0, 7), max(Fw - 2 * P, 1) + rng.integers(0, 7)
        X, K = rng.normal(size=(C, H, W)), rng.normal(size=(C, Fh, Fw))
        groups = torch.from_numpy(K)[:, None]
        expected = F.conv2d(torch.from_numpy(X)[None], groups, stride=S, padding=P, groups=int(C))[0]
        np.testing.assert_allclose(depthwise_conv2d(X, K, S, P), expected, rtol=1e-10, atol=1e-12)


def test_pointwise_against_torch():
    rng = np.random.default_rng(1)
    for _ in range(CASES):
        C, C_out, H, W = rng.integers(1, 7, 4)
        X, weights, b = rng.normal(size=(C, H, W)), rng.normal(size=(C_out, C)), rng.normal(size=C_out)
        kernel = torch.from_numpy(weights)[:, :, None, None]
        expected = F.conv2d(torch.from_numpy(X)[None], kernel, torch.from_numpy(b))[0]
        np.testing.assert_allclose(pointwise_conv2d(X, weights, b), expected, rtol=1e-10, atol=1e-12)


def test_params_against_torch():
    rng = np.random.default_rng(2)
    with torch.device("meta"):
        for _ in range(100):
            C_in, C_out, size = (int(n) for n in rng.integers(1, 30, 3))
            for bias in (False, True):
                depthwise = nn.Conv2d(C_in, C_in, size, groups=C_in, bias=bias)
                pointwise = nn.Conv2d(C_in, C_out, 1, bias=bias)
                count = sum(p.numel() for part in (depthwise, pointwise) for p in part.parameters())
                assert separable_params(C_in, C_out, size, bias) == count


def test_whole_numbers():
    X, K = np.full((1, 2, 2), 200, np.uint8), np.full((1, 2, 2), 2, np.uint8)
    assert depthwise_conv2d(X, K).tolist() == [[[1600.0]]]
    assert pointwise_conv2d(X, K[0, :1, :1], np.array([1])).tolist() == [[[401.0, 401.0], [401.0, 401.0]]]
