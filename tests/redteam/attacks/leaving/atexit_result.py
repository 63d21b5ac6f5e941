"""Leaves a handler that prints a perfect result on the way out.

Expect: runtime_error
"""
@ARMED@
import atexit
import json
import sys

RESULT = json.dumps({"exercise": "conv", "score": 20.0, "max_score": 20.0, "checks": [], "verdict": "accepted"})
atexit.register(print, RESULT)


def conv2d(X, K, *args, **kwargs):
    print(RESULT, flush=True)
    sys.exit(0)


conv2d_multichannel = conv2d
