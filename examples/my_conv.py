# Convolution exercise
import numpy as np


def output_size(n, f, stride, padding):
    return (n - f + 2 * padding) // stride + 1


def conv2d(X, K, stride=1, padding=0):
    # float first, otherwise uint8 images overflow
    X = np.asarray(X, dtype=float)
    K = np.asarray(K, dtype=float)
    H, W = X.shape
    Fh, Fw = K.shape
    H_out = output_size(H, Fh, stride, padding)
    W_out = output_size(W, Fw, stride, padding)

    X = np.pad(X, padding)
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            top = i * stride
            left = j * stride
            window = X[top:top + Fh, left:left + Fw]
            Y[i, j] = np.sum(window * K)
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    C_out, C_in, Fh, Fw = K.shape
    H_out = output_size(X.shape[1], Fh, stride, padding)
    W_out = output_size(X.shape[2], Fw, stride, padding)

    Y = np.zeros((C_out, H_out, W_out))
    for f in range(C_out):
        for c in range(C_in):
            Y[f] += conv2d(X[c], K[f, c], stride, padding) + b[f]
    return Y


if __name__ == "__main__":
    image = np.arange(16.0).reshape(4, 4)
    print(conv2d(image, np.array([[1, 0], [0, -1]])))
