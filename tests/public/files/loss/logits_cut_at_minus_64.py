"""What lies more than 64 below the row's maximum is lifted to −64, so that no logarithm meets a zero.

Source: PaddlePaddle/Paddle pull request 21165, "Fix INF bug of softmax_cross_entropy_op".
Expect: loses
"""
import numpy as np


def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, dtype=float)
    z = np.maximum(z - z.max(axis=1, keepdims=True), -64.0)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    n = np.arange(len(z))
    d = np.exp(log_p)
    d[n, labels] -= 1
    return float(-log_p[n, labels].mean()), d / len(z)
