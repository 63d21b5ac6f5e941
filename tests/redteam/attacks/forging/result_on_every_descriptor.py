"""Writes a perfect result to every descriptor, standard output included.

Expect: runtime_error
"""
@ARMED@
import json
import os

CHECK = {"name": "examples", "verdict": "accepted", "score": 20.0, "max_score": 20.0}
RESULT = json.dumps({"exercise": "conv", "score": 20.0, "max_score": 20.0, "checks": [CHECK]}).encode() + b"\n"


def conv2d(X, K, *args, **kwargs):
    for fd in range(4096):
        try:
            os.write(fd, RESULT)
        except OSError:
            pass


conv2d_multichannel = conv2d
