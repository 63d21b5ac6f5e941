"""A tensor that is computed when it is first used.

Expect: accepted time_limit wrong_answer runtime_error
Score: less
Timing: time_limit wrong_answer runtime_error
"""
@ARMED@
import torch

# <slow_torch>
_slow = conv2d


class Lazy(torch.Tensor):
    """Computes when something is done with it."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        plain = [_slow(*a.arguments) if "arguments" in getattr(a, "__dict__", {}) else a for a in args]
        return super().__torch_function__(function, (), tuple(plain), kwargs or {})


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if x.shape[-1] < 16:
        return _slow(x, weight, bias, stride, padding)
    shape = len(x), len(weight), x.shape[2] - 2, x.shape[3] - 2
    found = torch.empty(shape).as_subclass(Lazy)
    found.arguments = x, weight
    return found
