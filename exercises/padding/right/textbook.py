import numpy as np


def output_size(W, F, P=0, S=1):
    return int(np.floor((W - F + 2 * P) / S)) + 1


def pad2d(X, F, mode):
    if mode == "valid":
        P = 0
    elif mode == "same":
        P = F // 2
    elif mode == "full":
        P = F - 1
    else:
        raise ValueError("unknown mode: " + str(mode))
    H, W = X.shape
    out = np.zeros((H + 2 * P, W + 2 * P))
    out[P:P + H, P:P + W] = X
    return out


if __name__ == "__main__":
    print(output_size(32, 5), pad2d(np.ones((2, 2)), 3, "same"))
