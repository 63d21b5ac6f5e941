# Counts the positions one by one; pads with Python lists.


def output_size(W, F, P=0, S=1):
    return sum(1 for start in range(-P, W + P) if start + F <= W + P and (start + P) % S == 0)


def pad2d(X, F, mode):
    match mode:
        case "valid":
            p = 0
        case "same":
            p = (F - 1) // 2
        case "full":
            p = F - 1
        case _:
            raise ValueError(mode)
    width = len(X[0]) + 2 * p
    empty = [[0.0] * width for _ in range(p)]
    middle = [[0.0] * p + [float(v) for v in row] + [0.0] * p for row in X]
    return empty + middle + [list(row) for row in empty]
