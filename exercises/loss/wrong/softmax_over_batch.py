"""Softmax along the wrong axis

Your probabilities add up to 1 down the columns, over the batch. Softmax goes over the classes of each row.
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=float)
    N, K = logits.shape
    rows = np.arange(N)
    z = logits - logits.max(axis=0, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=0, keepdims=True))
    loss = -log_p[rows, labels].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, labels] -= 1
    dlogits /= N
    return loss, dlogits
