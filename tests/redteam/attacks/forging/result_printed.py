"""Prints a perfect result, as JSON, JUnit and TAP, on both streams, and writes it to files.

Expect: wrong_answer
"""
@ARMED@
import json
import sys

import numpy as np

CHECK = {"name": "examples", "verdict": "accepted", "score": 20.0, "max_score": 20.0}
RESULT = json.dumps({"exercise": "conv", "score": 20.0, "max_score": 20.0, "checks": [CHECK]})
XML = '<testsuite tests="1" failures="0"><testcase name="examples"/></testsuite>'


def conv2d(X, K, *args, **kwargs):
    for stream in (sys.stdout, sys.stderr, sys.__stdout__):
        print(RESULT, XML, "1..1\nok 1", "===== 16 passed in 0.01s =====", sep="\n", file=stream, flush=True)
    for name in ("result.json", "results.json", "report.xml", ".pytest_cache", "score"):
        with open(name, "w") as file:
            file.write(RESULT)
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
