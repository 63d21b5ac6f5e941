"""1/N missing in the gradient

Your gradient is that of the summed loss. The loss is a mean over N rows, so its gradient is divided by N as
well.
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=float)
    N, K = logits.shape
    rows = np.arange(N)
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, labels] -= 1
    return loss, dlogits
