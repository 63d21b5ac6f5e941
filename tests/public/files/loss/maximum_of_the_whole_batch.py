"""The largest logit of the whole batch is taken away from every row; in a row far below it everything underflows.

Source: manassharma07/crysx_nn issue 7, "NAN loss or loss gradient when using ... Categorical Cross Entropy sometimes".
Expect: loses
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, dtype=float)
    e = np.exp(z - np.max(z))
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(z))
    loss = -np.log(p[rows, labels]).mean()
    d = p.copy()
    d[rows, labels] -= 1
    return loss, d / len(z)
