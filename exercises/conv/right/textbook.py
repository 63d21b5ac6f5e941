import numpy as np


def conv2d(X, K, stride=1, padding=0):
    H, W = X.shape
    Fh, Fw = K.shape
    if padding > 0:
        X = np.pad(X, ((padding, padding), (padding, padding)), mode="constant", constant_values=0)
    H_out = (H - Fh + 2 * padding) // stride + 1
    W_out = (W - Fw + 2 * padding) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = np.sum(X[h:h + Fh, w:w + Fw].astype(float) * K)
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    C_out, C_in, Fh, Fw = K.shape
    _, H, W = X.shape
    H_out = (H - Fh + 2 * padding) // stride + 1
    W_out = (W - Fw + 2 * padding) // stride + 1
    Y = np.zeros((C_out, H_out, W_out))
    for o in range(C_out):
        for c in range(C_in):
            Y[o] += conv2d(X[c], K[o, c], stride, padding)
        Y[o] += b[o]
    return Y


if __name__ == "__main__":
    print(conv2d(np.ones((3, 3)), np.ones((2, 2))))
