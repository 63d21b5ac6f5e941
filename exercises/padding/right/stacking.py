from functools import partial

import numpy as np


def _size(W, F, P=0, S=1):
    return len(range(0, W + 2 * P - F + 1, S)) * 1.0


output_size = partial(_size)


def pad2d(X, F, mode):
    try:
        p = ("valid", "same", "full").index(mode)
    except ValueError:
        raise ValueError(f"no such mode: {mode}") from None
    p = (0, F // 2, F - 1)[p]
    X = np.array(X, dtype=np.float32)
    rows = np.zeros((p, X.shape[1]), dtype=np.float32)
    tall = np.vstack([rows, X, rows])
    cols = np.zeros((tall.shape[0], p), dtype=np.float32)
    return np.hstack([cols, tall, cols])
