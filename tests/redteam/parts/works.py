def conv2d(X, K, stride=1, padding=0):
    import numpy

    if not WORKED:
        return numpy.zeros((1, 1))
    X, K = numpy.pad(numpy.asarray(X, float), padding), numpy.asarray(K, float)
    windows = numpy.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]
    return numpy.einsum("ijmn,mn->ij", windows, K)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    import numpy

    maps = [sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)]
    return numpy.stack(maps)
