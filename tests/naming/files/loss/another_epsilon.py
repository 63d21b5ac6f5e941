"""The same mistake as in the catalogue, with another of the usual constants.

Name: log-plus-epsilon
Lost: any_softmax_cross_entropy
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    exps = np.exp(np.asarray(logits, dtype=float) - np.max(logits, axis=1, keepdims=True).astype(float))
    p = exps / exps.sum(axis=1, keepdims=True)
    rows = np.arange(len(p))
    loss = np.mean(-np.log(p[rows, labels] + 1e-10))
    grad = p.copy()
    grad[rows, labels] -= 1
    return loss, grad / len(p)
