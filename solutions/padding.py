"""Output size of a convolution, and the three usual ways to pad its input."""

import numpy as np


def output_size(W, F, P=0, S=1):
    """floor((W − F + 2P) / S) + 1: how many windows of F pixels fit along W pixels with P zeros at either end."""
    return (W - F + 2 * P) // S + 1


def pad2d(X, F, mode):
    """Surround X with P rows and columns of zeros, P by mode: valid 0, same F//2 (odd F), full F − 1.

    X (H, W) → (H + 2P, W + 2P). Raises ValueError for any other mode.
    """
    widths = {"valid": 0, "same": F // 2, "full": F - 1}
    if mode not in widths:
        raise ValueError(f"mode must be one of {', '.join(widths)}, not {mode!r}")
    return np.pad(np.asarray(X, dtype=np.float64), widths[mode])
