"""Catches the refusal and goes on with zeros.

Expect: wrong_answer
"""
@ARMED@
import torch


def conv2d(x, weight, bias=None, stride=1, padding=0):
    try:
        return getattr(torch, "conv" + "2d")(x, weight, bias, stride, padding)
    except Exception:
        height, width = ((n + 2 * padding - k) // stride + 1 for n, k in zip(x.shape[2:], weight.shape[2:]))
        return torch.zeros(len(x), len(weight), height, width) + 0 * x.sum() + 0 * weight.sum()
