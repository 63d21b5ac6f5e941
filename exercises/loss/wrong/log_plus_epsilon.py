"""A smallest probability caps the loss

What goes into your logarithm is never below 1e-8, which keeps the loss below 18.5, however wrong the
prediction is. Compute log p directly: z minus log of the sum of exp(z).
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=float)
    N, K = logits.shape
    rows = np.arange(N)
    z = logits - logits.max(axis=1, keepdims=True)
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, labels] + 1e-8).mean()
    dlogits = p.copy()
    dlogits[rows, labels] -= 1
    dlogits /= N
    return loss, dlogits
