"""The banned library by a name that is put together while running.

Expect: banned_call
"""
@ARMED@
import importlib
import sys

import numpy as np

torch = sys.modules.get("tor" + "ch") or importlib.import_module("tor" + "ch")
function = getattr(torch.nn.functional, "conv" + "2d")


def conv2d(X, K, stride=1, padding=0):
    x, k = (torch.from_numpy(np.array(a, dtype=np.float64))[None, None] for a in (X, K))
    return function(x, k, stride=stride, padding=padding)[0, 0].numpy()


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    x, k, b = (torch.from_numpy(np.array(a, dtype=np.float64)) for a in (X, K, b))
    return function(x[None], k, b, stride=stride, padding=padding)[0].numpy()
