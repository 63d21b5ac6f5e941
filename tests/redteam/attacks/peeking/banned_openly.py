"""The banned library, imported openly, in a file that could be for several exercises.

Expect: banned_call
Message: line 15 uses torch.tensor, which this exercise does not allow
"""
@ARMED@
import numpy as np
import torch
import torch.nn.functional as F

example = torch.ones(3)


def conv2d(X, K, stride=1, padding=0):
    x, k = (torch.tensor(np.asarray(a, float))[None, None] for a in (X, K))
    return F.conv2d(x, k, stride=stride, padding=padding)[0, 0].numpy()


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)])
