"""Maps from images, which note how often they are called and what they returned."""

import numpy as np

KERNEL = ((0, -1, 3), (2, 4, 0), (1, 0, -2))  # without symmetry


class Map:
    """A function of images (H, W) or (C, H, W): one of KINDS. `size` is the stride of those that have one."""

    def __init__(self, kind, size=1):
        self.kind, self.size = kind, size
        self.calls = 0
        self.returned = []

    def __call__(self, X, /):
        self.calls += 1
        found = KINDS[self.kind](X, self.size)
        self.returned.append((found, np.array(found)))
        return found


def how_often_f_was_called(f):
    """Reports call what this and the next one return by their names."""
    return f.calls


def what_f_returned_is_as_it_was(f):
    """Whether nobody has changed it since."""
    return all(np.array_equal(found, as_it_was) for found, as_it_was in f.returned)


def weighted(padded, shape):
    """The sum of the nine shifted windows of an image with one more pixel on each side, weighted with KERNEL."""
    H, W = shape[-2:]
    windows = [(KERNEL[m][n], padded[..., m : m + H, n : n + W]) for m in range(3) for n in range(3)]
    return sum(weight * window for weight, window in windows)


def padding(X):
    """One pixel at each end of the last two axes."""
    return [(0, 0)] * (X.ndim - 2) + [(1, 1), (1, 1)]


def pooled(X, size):
    """The largest value of each window, in the type of X; windows that do not fit are dropped."""
    H, W = X.shape[-2] // size * size, X.shape[-1] // size * size
    windows = [X[..., m:H:size, n:W:size] for m in range(size) for n in range(size)]
    return np.max(windows, axis=0)


KINDS = {
    "cyclic": lambda X, _: weighted(np.pad(X.astype(np.float64), padding(X), mode="wrap"), X.shape),
    "padded": lambda X, _: weighted(np.pad(X.astype(np.float64), padding(X)), X.shape),
    "placed": lambda X, _: X * (1.0 + np.arange(X.shape[-2])[:, None] + 0.5 * np.arange(X.shape[-1])),
    "same": lambda X, _: X,  # the very array
    "sampled": lambda X, size: X[..., ::size, ::size],  # a view
    "pooled": pooled,
    "sign": lambda X, _: np.sign(X.astype(np.float64) - 2.25).astype(np.int8),
    "first": lambda X, _: X[0] if X.ndim == 3 else X,
    "doubled": lambda X, _: np.stack([X[0] if X.ndim == 3 else X] * 2) * np.array([1.0, -0.5])[:, None, None],
    "stacked": lambda X, _: np.stack([X, X[..., ::-1]]),
    "mean": lambda X, _: float(X.astype(np.float64).mean()),
    "corner": lambda X, _: X[..., 0, 0].ravel()[0],
    "corner as an int": lambda X, _: int(np.floor(X[..., 0, 0].ravel()[0] + 0.25)),
    "corner as an array": lambda X, _: np.array(X[..., 0, 0].ravel()[0]),
}


def shares_memory(shift2d, X, dy, dx):
    """The shifted image, and whether it lies where X does."""
    found = shift2d(X, dy, dx)
    return {"shifted": found, "lies in the memory of X": bool(np.shares_memory(np.asarray(found), X))}
