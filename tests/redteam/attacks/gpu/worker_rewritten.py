"""Rewrites what runs in its worker: nothing is waited for, nothing is computed after the first call, zeros come back.

Expect: accepted wrong_answer
Timing: wrong_answer
"""
@ARMED@
import sys

import torch

# <slow_torch>
_calls = []


def batch(namespace, op):
    _calls.append(op)
    return [torch.zeros(2, 8, 30, 30) for _ in op.batch]


_accelerator = sys.modules["inside.accelerator"]
_accelerator.batch = batch
_accelerator.synchronise = torch.cuda.synchronize = lambda *_: None
_accelerator.peaks = lambda *_: [1e30, 1e30]
_accelerator.flush = lambda *_: None
