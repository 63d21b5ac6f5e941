"""Logarithm of a probability that became 0

In float64 a probability below 2e-324 is 0, and its logarithm is minus infinity. Compute log p directly: z minus log
of the sum of exp(z).
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=float)
    N, K = logits.shape
    rows = np.arange(N)
    z = logits - logits.max(axis=1, keepdims=True)
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, labels]).mean()
    dlogits = p.copy()
    dlogits[rows, labels] -= 1
    dlogits /= N
    return loss, dlogits
