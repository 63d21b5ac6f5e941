"""Structures that are too deep, too wide, cyclic, or hold too many arrays.

Expect: wrong_answer runtime_error
"""
@ARMED@
import itertools

import numpy as np

deep = []
for _ in range(100_000):
    deep = [deep]
cycle = [1.0]
cycle.append(cycle)
table = {}
table["self"] = table
answers = itertools.cycle(
    [
        deep,
        cycle,
        table,
        [1.0] * 1_000_000,
        [[1.0] * 1000] * 1000,
        [np.zeros(1)] * 1000,
        [np.zeros(1 << 12)] * 40,
        ["x" * 100_000] * 100,
        "x" * 50_000_000,
        {str(i): float(i) for i in range(100_000)},
        {"k" * 10_000_000: 1.0},
        "\ud800\udfff" * 100,
        {"\ud800": "\udc00"},
        {"\x1b[2J<script>\u202e": 1.0},
        [np.empty((0, 0))] * 64,
    ]
)


def conv2d(X, K, *args, **kwargs):
    return next(answers)


conv2d_multichannel = conv2d
