"""Threads with small stacks, and errors ignored.

Expect: memory_limit time_limit runtime_error
Limits: cpu_seconds=1 wall_seconds=3 total_seconds=5
"""
@ARMED@
import _thread
import threading
import time

threading.stack_size(32768)


def conv2d(X, K, *args, **kwargs):
    while True:
        try:
            _thread.start_new_thread(time.sleep, (100,))
        except BaseException:
            pass


conv2d_multichannel = conv2d
