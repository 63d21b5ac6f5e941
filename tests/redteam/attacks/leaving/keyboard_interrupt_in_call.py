"""KeyboardInterrupt and GeneratorExit in the call.

Expect: runtime_error
"""
@ARMED@


def conv2d(X, K, stride=1, padding=0):
    raise KeyboardInterrupt


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    raise GeneratorExit
