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
