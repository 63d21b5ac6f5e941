"""8-bit differences wrap around

With 8-bit logits 3 - 5 is 254. Convert the logits to float before subtracting.
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    N, K = logits.shape
    rows = np.arange(N)
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, labels] -= 1
    dlogits /= N
    return loss, dlogits
