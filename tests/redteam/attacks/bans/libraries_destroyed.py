"""Looks for what replaced the operators, and destroys it.

Expect: banned_call
Message: which this exercise does not allow
"""
@ARMED@
import contextlib
import gc
import sys

import torch

for module in [m for name, m in sys.modules.items() if name.startswith("inside")]:
    for name in ("allow", "forbid"):
        with contextlib.suppress(AttributeError, AssertionError):
            getattr(module, name)(*([] if name == "allow" else [["nothing"]]))
for found in gc.get_objects():
    if type(found).__name__ in ("_DispatchModule", "Library"):
        found.reset()


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return torch.nn.modules.conv.F.conv2d(x, weight, bias, stride, padding)
