"""A callable object that is right every second time.

Expect: accepted wrong_answer
Score: less
"""
@ARMED@
import numpy as np

# <honest>


class Every:
    """Right every second time."""

    def __init__(self, function):
        self.function, self.count = function, 0

    def __call__(self, *args, **kwargs):
        self.count += 1
        y = self.function(*args, **kwargs)
        return y if self.count % 2 else np.zeros_like(y)


conv2d = Every(conv2d)
conv2d_multichannel = Every(conv2d_multichannel)
