# Section 5, typed as it stands: right for real images; small whole-number types are multiplied as they are (E31).
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    if padding > 0:
        X = np.pad(X, padding, mode='constant')
    H, W = X.shape
    Fh, Fw = K.shape
    H_out = (H - Fh) // stride + 1
    W_out = (W - Fw) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = np.sum(X[h:h+Fh, w:w+Fw] * K)
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    C_in, H, W = X.shape
    C_out, _, Fh, Fw = K.shape
    X_pad = np.zeros((C_in, H + 2*padding, W + 2*padding))
    X_pad[:, padding:padding+H, padding:padding+W] = X
    H_out = (H - Fh + 2*padding) // stride + 1
    W_out = (W - Fw + 2*padding) // stride + 1
    Y = np.zeros((C_out, H_out, W_out))
    for k in range(C_out):
        for i in range(H_out):
            for j in range(W_out):
                h, w = i * stride, j * stride
                window = X_pad[:, h:h+Fh, w:w+Fw]
                Y[k, i, j] = np.sum(window * K[k]) + b[k]
    return Y


X = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 1, 0, 1]])
K = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
print(conv2d(X, K))
print(conv2d_multichannel(np.random.randn(3, 4, 4), np.random.randn(2, 3, 3, 3), np.zeros(2)).shape)
