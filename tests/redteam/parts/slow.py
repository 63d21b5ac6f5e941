def conv2d(X, K, stride=1, padding=0):
    import numpy

    X, K = numpy.pad(numpy.asarray(X, float), padding), numpy.asarray(K, float)
    H, W = ((n - k) // stride + 1 for n, k in zip(X.shape, K.shape))
    Y = numpy.zeros((H, W))
    for i in range(H):
        for j in range(W):
            window = X[i * stride:i * stride + K.shape[0], j * stride:j * stride + K.shape[1]]
            Y[i, j] = numpy.sum(window * K)
    return Y
