"""What is to be defined is a property, a class, a counter; every access gives another one.

Expect: not_defined wrong_answer runtime_error
"""
@ARMED@
import itertools
import sys
import types

import numpy as np

answers = itertools.cycle([lambda *a, **k: np.zeros((1, 1)), type, 3, None, str, dict])


class Module(types.ModuleType):
    """Another function at each access."""

    def __getattribute__(self, name):
        if name.startswith("conv2d"):
            return next(answers)
        return super().__getattribute__(name)


conv2d = conv2d_multichannel = print
sys.modules[__name__].__class__ = Module
