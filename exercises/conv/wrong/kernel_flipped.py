"""Kernel flipped

You rotated the kernel by 180 degrees.
"""
import numpy as np
def conv2d(X, K, stride=1, padding=0):
    X = np.pad(np.asarray(X, dtype=float), padding); K = K[::-1, ::-1]
    H = (X.shape[0]-K.shape[0])//stride+1; W = (X.shape[1]-K.shape[1])//stride+1
    return np.array([[(X[i*stride:i*stride+K.shape[0], j*stride:j*stride+K.shape[1]]*K).sum() for j in range(W)] for i in range(H)])
