"""Exceptions that end generators and groups of them.

Expect: runtime_error
"""
@ARMED@
def conv2d(X, K, stride=1, padding=0):
    raise GeneratorExit("bye")


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    raise BaseExceptionGroup("x", [SystemExit(0), KeyboardInterrupt()])
