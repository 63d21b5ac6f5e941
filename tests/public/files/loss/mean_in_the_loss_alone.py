"""The loss is the mean over the batch, its gradient that of the sum.

Source: tensorflow/swift-apis pull request 42, "Update VJP for softmaxCrossEntropy to account for a call to mean()".
Expect: loses
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=np.float64)
    shifted = logits - logits.max(1)[:, None]
    log_p = shifted - np.log(np.exp(shifted).sum(1))[:, None]
    index = np.arange(logits.shape[0]), labels
    gradient = np.exp(log_p)
    gradient[index] -= 1.0
    return -log_p[index].mean(), gradient
