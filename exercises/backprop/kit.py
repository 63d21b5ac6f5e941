"""Questions about an object's arrays, for things that may be shaped in more than one right way."""

import numpy as np


def values_of(layer, name):
    """An attribute's numbers in order, whatever its shape."""
    return np.ravel(getattr(layer, name))


def shape_of(layer, name):
    """The shape of an attribute."""
    return np.shape(getattr(layer, name))


def size_of(layer, name):
    """How many numbers an attribute holds."""
    return int(np.size(getattr(layer, name)))


def same_shape(layer, first, second):
    """Whether two attributes have the same shape."""
    return shape_of(layer, first) == shape_of(layer, second)


def passes(Conv2D, X, W, dout):
    """A convolution of padding 1 with these weights, forward and backward: output, gradients of input and weights."""
    layer = Conv2D(W.shape[1], W.shape[0], W.shape[2], padding=1)
    try:
        layer.W = W
    except AttributeError:  # a property without a setter: write into what it shows
        layer.W[...] = W
    bias = np.asarray(layer.b).reshape(1, -1, 1, 1)
    return [np.array(part) for part in (layer.forward(X) - bias, layer.backward(dout), layer.dW)]


def pooled(X, dout, ties, passes, MaxPool2D, pool_size, stride, options):
    """The output and the gradient of X of a pooling layer, the first time (`passes`), again, or of backward again;
    or after another layer, with these sizes or with others, was used between the two passes.

    With `ties` (and windows that do not overlap) not the gradient, but what has to hold of it: each window's sum, and
    whether any of it is where there is no maximum. With `again`, the layer was used for another image before, or for
    part of it.
    """
    given = {"pool_size": pool_size, "stride": stride}
    if options == "defaults":
        given = {name: size for name, size in given.items() if size != 2}
    layer = MaxPool2D(*given.values()) if options == "positional" else MaxPool2D(**given)
    if passes == "again":
        layer.forward(X[..., ::-1].copy())
        layer.backward(dout + 1)
    if passes == "after a smaller image":
        part = X[:1, :, : X.shape[2] - stride * (dout.shape[2] > 1), :]
        layer.backward(np.ones_like(layer.forward(part.copy()), dtype=np.float64))
    other = MaxPool2D(pool_size + 1, stride + 1)
    Y = np.array(layer.forward(X), dtype=np.float64)
    if passes == "a like layer meanwhile":
        MaxPool2D(pool_size, stride).forward(X[..., ::-1].copy())
    if passes == "another layer meanwhile":
        other.forward(np.pad(X[:, :1], ((0, 0), (0, 0), (1, 2), (3, 1))))
    if passes == "backward again":
        layer.backward(dout)
    dX = np.array(layer.backward(dout), dtype=np.float64)
    if not ties:
        return {"forward": Y, "backward": dX}
    sums, elsewhere = np.zeros(dout.shape), dX.copy()
    for i, j in np.ndindex(dout.shape[2:]):
        place = (..., slice(i * stride, i * stride + pool_size), slice(j * stride, j * stride + pool_size))
        sums[..., i, j] = dX[place].sum(axis=(2, 3))
        elsewhere[place] *= X[place] < X[place].max(axis=(2, 3), keepdims=True)
    return {"forward": Y, "sum of backward in each window": sums, "gradient beside the maxima": bool(elsewhere.any())}
