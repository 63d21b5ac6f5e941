"""exit(0) in the call: the code of success.

Expect: runtime_error
"""
@ARMED@
import sys


def conv2d(X, K, stride=1, padding=0):
    sys.exit(0)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    raise SystemExit
