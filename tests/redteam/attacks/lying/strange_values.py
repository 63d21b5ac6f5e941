"""Everything that is not an array of numbers.

Expect: wrong_answer
"""
@ARMED@
import itertools

import numpy as np

answers = itertools.cycle(
    [
        None,
        True,
        "3.0",
        b"bytes",
        {},
        {"a": 1.0},
        {1: 2},
        set(),
        range(3),
        NotImplemented,
        ...,
        print,
        type,
        np,
        iter([1.0]),
        (x for x in [1.0]),
        memoryview(b"12345678"),
        bytearray(8),
        3 + 4j,
        10**400,
        -(10**18),
        [[], [1.0]],
        [[1.0], [1.0, 2.0]],
        [None],
        ["1.0"],
        [[[[[[[[[[[[[[1.0]]]]]]]]]]]]]],
        np.array(["a", "b"]),
        np.array([1, "a", None], dtype=object),
        np.array([[1.0, 2.0]], dtype=object),
        np.zeros((2, 2), dtype="datetime64[s]"),
        np.zeros((2, 2), dtype=[("a", float)]),
        np.ones((2, 2), dtype=complex),
        np.zeros((2, 2), dtype="S8"),
        np.zeros((2, 2), dtype="V3"),
        np.zeros((1,) * 40),
        np.zeros((0, 3)),
        np.zeros(()),
        np.float64(1.0),
        np.bool_(True),
        np.ma.masked,
        np.matrix([[1.0]]),
        np.recarray((2,), dtype=[("x", float)]),
        np.empty((10**15, 0)),
        np.full((2, 2), np.nan),
        np.full((2, 2), np.inf),
        np.full((2, 2), -0.0),
        np.full((2, 2), 5e-324),
        np.full((2, 2), np.finfo(float).max),
    ]
)


def conv2d(X, K, *args, **kwargs):
    return next(answers)


conv2d_multichannel = conv2d
