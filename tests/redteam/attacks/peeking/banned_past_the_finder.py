"""Takes what finds stand-ins off the import path, and imports the banned library itself.

Expect: runtime_error
"""
@ARMED@
import sys

sys.meta_path[:] = [finder for finder in sys.meta_path if "inside" not in type(finder).__module__]
for name in [name for name in sys.modules if name.startswith("torch")]:
    del sys.modules[name]

import numpy as np
import torch


def conv2d(X, K, stride=1, padding=0):
    x, k = (torch.tensor(np.asarray(a, float))[None, None] for a in (X, K))
    return torch.nn.functional.conv2d(x, k, stride=stride, padding=padding)[0, 0].numpy()


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)])
