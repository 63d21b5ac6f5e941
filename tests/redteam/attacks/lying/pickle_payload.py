"""An object that runs code where it is unpickled.

Expect: wrong_answer
"""
@ARMED@


class Payload:
    """Removes the canary when it is loaded."""

    def __reduce__(self):
        return (eval, ("__import__('os').remove('@CANARY@')",))

    __reduce_ex__ = lambda self, protocol: self.__reduce__()
    __getstate__ = lambda self: self.__reduce__()


def conv2d(X, K, stride=1, padding=0):
    return Payload()


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    import numpy as np

    return np.array([Payload()], dtype=object)
