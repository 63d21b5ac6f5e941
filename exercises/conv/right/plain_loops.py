# Nothing but Python numbers and loops; returns nested lists.


def conv2d(X, K, stride=1, padding=0):
    image = [[float(v) for v in row] for row in X]
    kernel = [[float(v) for v in row] for row in K]
    height, width = len(image), len(image[0])
    kh, kw = len(kernel), len(kernel[0])

    def pixel(r, c):
        inside = 0 <= r < height and 0 <= c < width
        return image[r][c] if inside else 0.0

    result = []
    for top in range(-padding, height + padding - kh + 1, stride):
        row = []
        for left in range(-padding, width + padding - kw + 1, stride):
            total = 0.0
            for m in range(kh):
                for n in range(kw):
                    total += pixel(top + m, left + n) * kernel[m][n]
            row.append(total)
        result.append(row)
    return result


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    result = []
    for filt, bias in zip(K, b):
        maps = [conv2d(x, k, stride, padding) for x, k in zip(X, filt)]
        rows = []
        for same_row in zip(*maps):
            rows.append([sum(values) + float(bias) for values in zip(*same_row)])
        result.append(rows)
    return result
