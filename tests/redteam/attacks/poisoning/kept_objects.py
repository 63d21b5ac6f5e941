"""Empties or replaces the objects that the worker keeps for later calls.

Expect: wrong_answer runtime_error
"""
@ARMED@
import gc
import sys

import numpy as np

Interpreter = sys.modules["inside.interpreter"].Interpreter


class Anything(dict):
    """Every object that is asked for."""

    def __missing__(self, key):
        return np.zeros((1, 1))


def conv2d(X, K, *args, **kwargs):
    for found in gc.get_objects():
        if isinstance(found, Interpreter):
            found.objects = Anything()
            found.scopes = {}
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
