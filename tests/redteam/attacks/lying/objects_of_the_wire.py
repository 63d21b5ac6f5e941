"""The wire's own kinds of value, with nonsense in them.

Expect: wrong_answer runtime_error
"""
@ARMED@
import itertools
import sys

import numpy as np

wire = sys.modules.get("inside.wire")
answers = itertools.cycle(
    [
        wire.Ref(1),
        wire.Ref("x"),
        wire.Ref(1 << 80),
        wire.Ref(None),
        wire.Name("submission", "conv2d"),
        wire.Name(1, ["x"]),
        wire.Opaque("the expected result"),
        wire.Opaque({"t": "f", "v": 1}),
        wire.Array([1.0], "ndarray"),
        wire.Array(np.zeros((2, 2)), "expected"),
        wire.Array(np.zeros((2, 2)), ["ndarray"]),
        wire.Array(np.zeros((2, 2)), "tensor", True),
        wire.Array(np.array("x"), "scalar"),
        [wire.Array(np.zeros(2), "scalar")] * 3,
    ]
)


def conv2d(X, K, *args, **kwargs):
    return next(answers)


conv2d_multichannel = conv2d
