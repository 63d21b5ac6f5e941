"""The matrix is as large as the labels that occur, not as there are classes.

Source: Altimis/Confusion-matrix-for-Mask-R-CNN issue 3; tensorflow/tensorflow pull request 14600.
Expect: loses
"""
import numpy as np


def confusion_matrix(y_true, y_pred, num_classes):
    y_true, y_pred = np.asarray(y_true, dtype=int), np.asarray(y_pred, dtype=int)
    size = max(y_true.max(initial=-1), y_pred.max(initial=-1)) + 1
    matrix = np.zeros((size, size), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix
