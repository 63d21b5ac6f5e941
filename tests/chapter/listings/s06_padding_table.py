# Section 6's table of sizes as a function, typed as it stands: (W - F + 2P)/S + 1 without the floor (E18).
import numpy as np


def output_size(W, F, P=0, S=1):
    return (W - F + 2 * P) / S + 1


def pad2d(X, F, mode):
    if mode == 'valid':
        P = 0
    elif mode == 'same':
        P = F // 2
    elif mode == 'full':
        P = F - 1
    else:
        raise ValueError(f'unknown mode: {mode}')
    return np.pad(X.astype(float), P, mode='constant')
