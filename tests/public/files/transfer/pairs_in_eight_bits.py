"""Both labels become one number in the labels' own type: with eight bits it wraps round above 16 classes.

Source: Lightning-AI/torchmetrics issue 1510, "MulticlassConfusionMatrix overflows for num_classes > 16".
Expect: loses
"""
import numpy as np


def confusion_matrix(y_true, y_pred, num_classes):
    pairs = (np.asarray(y_true) * num_classes + np.asarray(y_pred)).astype(np.int64)
    counts = np.bincount(pairs, minlength=num_classes * num_classes)
    return counts[:num_classes * num_classes].reshape(num_classes, num_classes)
