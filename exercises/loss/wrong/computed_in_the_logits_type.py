"""Computed in the type of the logits

You subtract and exponentiate in whatever type the logits have. In eight bits −100 − 100 wraps round, as does every
subtraction without a sign, and `np.exp` of eight bits has three digits. Make the logits floating point first.
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    N = len(logits)
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    exps = np.exp(shifted)
    total = exps.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(total)[:, 0] - shifted[np.arange(N), labels])
    dlogits = exps / total
    dlogits[np.arange(N), labels] -= 1
    return loss, dlogits / N
