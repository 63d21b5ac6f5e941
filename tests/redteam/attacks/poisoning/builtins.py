"""Replaces the functions that everything is made of.

Expect: wrong_answer runtime_error
"""
@ARMED@
import builtins

import numpy as np

builtins.abs = builtins.max = builtins.min = builtins.sum = lambda *args, **kwargs: 0
builtins.all = builtins.any = builtins.isinstance = builtins.issubclass = lambda *args: True
builtins.len = lambda value: 0
builtins.type = lambda value: float
builtins.print = builtins.open = builtins.repr = None


def conv2d(X, K, *args, **kwargs):
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
