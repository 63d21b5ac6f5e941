"""The gradient is divided by the number of logits instead of the number of images.

Source: victorlempitsky/Mate issue 2, "Error in SoftmaxLossLayer".
Expect: loses
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=np.float64)
    top = logits.max(axis=1, keepdims=True)
    log_p = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    N, K = logits.shape
    one_hot = np.zeros((N, K))
    one_hot[range(N), labels] = 1
    return -(one_hot * log_p).sum() / N, (np.exp(log_p) - one_hot) / (N * K)
