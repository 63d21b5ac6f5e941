"""Defines every name there is, through the module's __getattr__.

Expect: wrong_answer not_defined
"""
@ARMED@
import numpy as np


def __getattr__(name):
    return lambda *args, **kwargs: np.zeros((1, 1))
