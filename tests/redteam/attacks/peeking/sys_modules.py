"""Looks for the reference among the loaded modules, and calls whatever is named like it.

Expect: wrong_answer
"""
@ARMED@
import sys

import numpy as np


def find(name):
    for module in list(sys.modules.values()):
        found = getattr(module, name, None)
        if callable(found) and getattr(found, "__module__", __name__) != __name__:
            return found
    return lambda *args, **kwargs: np.zeros((1, 1))


def conv2d(*args, **kwargs):
    return find("conv2d")(*args, **kwargs)


def conv2d_multichannel(*args, **kwargs):
    return find("conv2d_multichannel")(*args, **kwargs)
