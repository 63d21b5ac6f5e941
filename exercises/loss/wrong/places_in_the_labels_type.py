"""Places counted in the labels' type

You find a logit in the flat array at label · N + row, and label · N has the type of the labels. Eight bits end at 127 or 255, so in a larger
batch the place wraps round. Index with rows and labels, or make the labels int64 first.
"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    N = len(logits)
    Z = logits - logits.max(axis=1, keepdims=True)
    log_p = (Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))).T.ravel()
    places = (labels * N + np.arange(N)).astype(int)
    gradient = np.exp(log_p)
    gradient[places] -= 1
    return -log_p[places].mean(), gradient.reshape(-1, N).T / N
