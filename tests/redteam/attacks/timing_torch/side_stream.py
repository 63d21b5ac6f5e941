"""Works on beside the stream that is waited for (a thread stands in for it), and answers before the end.

Expect: accepted wrong_answer
Score: less
Timing: wrong_answer
"""
@ARMED@
import threading

import torch

# <slow_torch>
_slow = conv2d


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if x.shape[-1] < 16:
        return _slow(x, weight, bias, stride, padding)
    y = torch.zeros(len(x), len(weight), x.shape[2] - 2, x.shape[3] - 2)
    threading.Thread(target=lambda: y.copy_(_slow(x, weight))).start()
    return y
