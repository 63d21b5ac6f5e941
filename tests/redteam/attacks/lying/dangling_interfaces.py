"""Every protocol by which an array can be asked for, each of them a trap.

Expect: wrong_answer
"""
@ARMED@
class Trap:
    """Leads nowhere."""

    __array_interface__ = {"shape": (1 << 40,), "typestr": "<f8", "data": (0, False), "version": 3}
    __array_struct__ = property(lambda self: 1 / 0)
    __dlpack__ = lambda self, *args, **kwargs: 5
    __dlpack_device__ = lambda self: (1, 0)
    __cuda_array_interface__ = __array_interface__
    __buffer__ = lambda self, flags: memoryview(bytes(8))
    __index__ = lambda self: 1
    __float__ = lambda self: 1.0
    __complex__ = lambda self: 1j
    __len__ = lambda self: 1 << 62
    __getitem__ = lambda self, key: 1.0


def conv2d(X, K, stride=1, padding=0):
    return Trap()


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return [Trap(), Trap()]
