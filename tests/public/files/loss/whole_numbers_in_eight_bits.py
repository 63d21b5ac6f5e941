"""The maximum is taken away in the logits' own type: eight bits wrap round, and are exponentiated in half precision.

Source: public course solutions, given logits that were quantised to int8.
Expect: loses
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    moved = logits - np.amax(logits, axis=1, keepdims=True)
    log_p = moved - np.log(np.exp(moved).sum(axis=1, keepdims=True))
    which = np.arange(len(log_p)), labels
    gradient = np.exp(log_p)
    gradient[which] -= 1
    return -log_p[which].sum() / len(log_p), gradient / len(log_p)
