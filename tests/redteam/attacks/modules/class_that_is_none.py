"""The name stands for functions, numbers and classes that make something else.

Expect: runtime_error wrong_answer not_defined
"""
@ARMED@
import itertools

import torch
from torch import nn

answers = itertools.cycle([None, 7, torch.zeros(3), nn.ReLU(), nn.Module, nn.Module(), "block", [nn.ReLU()]])


def BasicBlock(*args, **kwargs):
    return next(answers)
