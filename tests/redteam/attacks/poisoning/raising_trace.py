"""A trace function that raises in the worker's own code after the call.

Expect: runtime_error
"""
@ARMED@
import sys
import threading


def trace(frame, event, argument):
    raise SystemExit(0)


def conv2d(X, K, *args, **kwargs):
    sys.settrace(trace)
    frame = sys._getframe()
    while frame:
        frame.f_trace = trace
        frame = frame.f_back


conv2d_multichannel = conv2d
