"""Carries its own unit tests, which import unittest and pytest."""

import unittest

import numpy as np

try:
    import pytest
except ImportError:
    pytest = None


def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(np.asarray(X, float), padding), np.asarray(K, float)
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]
    return np.einsum("ijmn,mn->ij", windows, K)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.array([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)])


class TestConv(unittest.TestCase):
    def test_ones(self):
        self.assertEqual(conv2d(np.ones((2, 2)), np.ones((2, 2))), 4)


def test_ones():
    assert conv2d(np.ones((2, 2)), np.ones((2, 2))) == 4


unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(TestConv))
