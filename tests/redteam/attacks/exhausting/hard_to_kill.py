"""Busy in many threads at once, in compiled code, with much memory mapped.

Expect: time_limit memory_limit
Limits: cpu_seconds=0.6 wall_seconds=2 total_seconds=2
"""
@ARMED@
import threading

import numpy as np

big = np.ones((1200, 1200))


def work():
    while True:
        big @ big


def conv2d(X, K, *args, **kwargs):
    threads = [threading.Thread(target=work, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    threads[0].join()


conv2d_multichannel = conv2d
