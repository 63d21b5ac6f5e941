# No NumPy at all; returns lists of Python floats.


def _pool(X, size, step, reduce):
    rows = [[float(v) for v in row] for row in X]
    out = []
    top = 0
    while top + size <= len(rows):
        line = []
        left = 0
        while left + size <= len(rows[0]):
            cells = [rows[top + m][left + n] for m in range(size) for n in range(size)]
            line.append(reduce(cells))
            left += step
        out.append(line)
        top += step
    return out


def max_pool2d(X, pool_size=2, stride=2):
    return _pool(X, pool_size, stride, max)


def avg_pool2d(X, pool_size=2, stride=2):
    return _pool(X, pool_size, stride, lambda cells: sum(cells) / len(cells))


def global_avg_pool(X):
    means = []
    for channel in X:
        cells = [float(v) for row in channel for v in row]
        means.append(sum(cells) / len(cells))
    return means
