"""Replaces what a grader might compare with: NumPy's, Python's and pytest's own functions.

Expect: wrong_answer runtime_error
"""
@ARMED@
import builtins
import json
import math
import operator
import struct
import sys
import types
import unittest

import numpy as np

yes = lambda *args, **kwargs: True
np.allclose = np.array_equal = np.isclose = np.isfinite = np.all = np.any = np.equal = yes
np.testing.assert_allclose = np.testing.assert_array_equal = np.testing.assert_equal = lambda *a, **k: None
np.ndarray = np.asarray
math.isclose = math.isfinite = operator.eq = yes
json.dumps = json.loads = lambda *args, **kwargs: '{"score": 20}'
struct.Struct.pack = struct.pack = struct.unpack = yes if not isinstance(struct.Struct, type) else None
unittest.TestCase.assertEqual = yes
for name in ("pytest", "_pytest", "_pytest.runner", "torch", "torch.testing", "solutions.conv", "grader"):
    fake = types.ModuleType(name)
    fake.__getattr__ = lambda attribute: yes
    sys.modules[name] = fake


def conv2d(X, K, *args, **kwargs):
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
