"""Softmax and cross-entropy as one function, stable for logits of any size."""

import numpy as np


def softmax_cross_entropy(logits, labels):
    """L = −(1/N) Σ_n log p[n, labels[n]] with p = softmax(logits) row by row; dL/dlogits = (p − one-hot) / N.

    logits (N, K), labels (N,) integers in 0 … K−1 → (loss, dlogits (N, K)).
    log p = z − log Σ exp z with z = logits − max of the row: nothing overflows, no log of 0 (log-sum-exp).
    """
    logits = np.asarray(logits, dtype=np.float64)
    N, K = logits.shape
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    one_hot = np.eye(K)[labels]
    loss = -(one_hot * log_p).sum() / N
    return loss, (np.exp(log_p) - one_hot) / N
