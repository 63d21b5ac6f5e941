"""Puts functions of its own in place of the kit's, where they are easily found.

Expect: wrong_answer
Exercise: loss
"""
@ARMED@
import sys

import numpy as np


def right(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    return -np.log(p[rows, labels]).mean(), (p - np.eye(logits.shape[1])[labels]) / len(labels)


for module in [m for name, m in sys.modules.items() if "kit" in name]:
    module.loss_of = lambda function, logits, labels: right(logits, labels)[0]
    module.gradient_of = lambda function, logits, labels: right(logits, labels)[1]


def softmax_cross_entropy(logits, labels):
    return 0.0, logits * 0
