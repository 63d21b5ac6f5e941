import numpy as np


def conv2d(X, K, stride=1, padding=0):
    """X (H, W), K (Fh, Fw) -> (H_out, W_out)."""
    raise NotImplementedError


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    """X (C_in, H, W), K (C_out, C_in, Fh, Fw), b (C_out,) -> (C_out, H_out, W_out)."""
    raise NotImplementedError
