"""Maximum taken along the wrong axis

You subtract each column's largest logit, which changes the probabilities. Shift every row by one number:
the maximum over its classes.
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=float)
    N, K = logits.shape
    rows = np.arange(N)
    z = logits - logits.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, labels] -= 1
    dlogits /= N
    return loss, dlogits
