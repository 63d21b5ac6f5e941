"""One maximum for the whole batch

You subtract the largest logit of the whole batch. A row far below it becomes all zeros, and 0 / 0 is nan:
subtract each row's own.
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=float)
    N, K = logits.shape
    rows = np.arange(N)
    z = logits - logits.max()
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, labels]).mean()
    dlogits = p.copy()
    dlogits[rows, labels] -= 1
    dlogits /= N
    return loss, dlogits
