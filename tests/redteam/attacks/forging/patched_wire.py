"""Replaces the functions of the wire and the worker under the worker's own feet.

Expect: wrong_answer runtime_error
"""
@ARMED@
import sys

import numpy as np

wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
interpreter = sys.modules["inside.interpreter"]
wire.pack = lambda value: ({"t": "array", "i": 0, "kind": "ndarray"}, [])
worker.failure = lambda *args: {"verdict": "accepted", "kind": "", "text": "accepted"}
interpreter.Interpreter.execute = lambda self, op: True


def conv2d(X, K, *args, **kwargs):
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
