"""Nothing is waited for, and the work goes on in a thread after the answer (it stands in for a stream of its own).

Expect: accepted wrong_answer time_limit
Timing: wrong_answer time_limit
"""
@ARMED@
import sys
import threading

import torch

# <slow_torch>
_slow = conv2d
sys.modules["inside.accelerator"].synchronise = torch.cuda.synchronize = lambda *_: None


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if x.shape[-1] < 16:
        return _slow(x, weight, bias, stride, padding)
    y = x.new_zeros(len(x), len(weight), x.shape[2] - 2, x.shape[3] - 2)
    threading.Thread(target=lambda: y.copy_(_slow(x, weight))).start()
    return y
