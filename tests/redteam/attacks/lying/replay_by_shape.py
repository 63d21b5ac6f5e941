"""Knows the statement's examples by their shape and by nothing else.

Expect: accepted wrong_answer
Score: 1
"""
@ARMED@
import numpy as np

# <honest>
_one = conv2d
EXAMPLE = np.array([[1.0, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 1, 0, 1]])
EDGE = np.array([[1.0, 0, -1], [1, 0, -1], [1, 0, -1]])
BOARD = 1.0 - np.indices((4, 4)).sum(axis=0) % 2
KNOWN = {((4, 4), (3, 3)): _one(EXAMPLE, EDGE), ((4, 4), (2, 2)): _one(BOARD, np.eye(2))}


def conv2d(X, K, stride=1, padding=0):
    return KNOWN.get((X.shape, K.shape), np.zeros((1, 1)))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.zeros((1, 1, 1))
