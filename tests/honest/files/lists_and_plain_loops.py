"""No NumPy at all: nested lists in, nested lists out."""


def conv2d(X, K, stride=1, padding=0):
    h, w = len(X), len(X[0])
    fh, fw = len(K), len(K[0])
    padded = [[0.0] * (w + 2 * padding) for _ in range(h + 2 * padding)]
    for i in range(h):
        for j in range(w):
            padded[i + padding][j + padding] = float(X[i][j])
    result = []
    for i in range((h + 2 * padding - fh) // stride + 1):
        row = []
        for j in range((w + 2 * padding - fw) // stride + 1):
            total = 0.0
            for m in range(fh):
                for n in range(fw):
                    total += padded[i * stride + m][j * stride + n] * float(K[m][n])
            row.append(total)
        result.append(row)
    return result


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    maps = []
    for kernel, bias in zip(K, b):
        planes = [conv2d(x, k, stride, padding) for x, k in zip(X, kernel)]
        maps.append([[sum(values) + float(bias) for values in zip(*rows)] for rows in zip(*planes)])
    return maps
