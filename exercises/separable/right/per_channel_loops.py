# plain Python loops, lists inside and outside
def depthwise_conv2d(X, K, stride=1, padding=0):
    result = []
    for channel, kernel in zip(X, K):
        rows, cols = len(channel), len(channel[0])
        fh, fw = len(kernel), len(kernel[0])
        out = []
        for top in range(-padding, rows + padding - fh + 1, stride):
            line = []
            for left in range(-padding, cols + padding - fw + 1, stride):
                total = 0.0
                for m in range(fh):
                    for n in range(fw):
                        y, x = top + m, left + n
                        if 0 <= y < rows and 0 <= x < cols:
                            total += float(channel[y][x]) * float(kernel[m][n])
                line.append(total)
            out.append(line)
        result.append(out)
    return result


def pointwise_conv2d(X, W, b):
    C, H, width = X.shape
    return [[[sum(float(W[o][c]) * float(X[c][i][j]) for c in range(C)) + float(b[o]) for j in range(width)]
             for i in range(H)] for o in range(len(W))]


def separable_params(C_in, C_out, F, bias=False):
    if bias:
        return C_in * (F**2 + 1) + C_out * (C_in + 1)
    return C_in * F**2 + C_out * C_in
