"""Threads without end.

Expect: memory_limit runtime_error
"""
@ARMED@
import threading
import time


def conv2d(X, K, *args, **kwargs):
    while True:
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()


conv2d_multichannel = conv2d
