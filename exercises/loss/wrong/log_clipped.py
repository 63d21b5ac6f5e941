"""Clipped probabilities cap the loss

Clipping p at 1e-12 keeps the loss below 27.7, however wrong the prediction is. Compute log p directly: z
minus log of the sum of exp(z).
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=float)
    N, K = logits.shape
    rows = np.arange(N)
    z = logits - logits.max(axis=1, keepdims=True)
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    clipped = np.clip(p, 1e-12, 1.0)
    loss = -np.log(clipped[rows, labels]).mean()
    dlogits = p.copy()
    dlogits[rows, labels] -= 1
    dlogits /= N
    return loss, dlogits
