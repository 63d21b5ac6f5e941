"""A look at an attribute that may be shaped in more than one right way."""

import numpy as np


def values_of(layer, name):
    """An attribute's numbers in order, whatever its shape."""
    return np.ravel(getattr(layer, name))
