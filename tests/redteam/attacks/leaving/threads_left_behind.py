"""The main thread ends, another goes on.

Expect: runtime_error time_limit
Limits: wall_seconds=1 total_seconds=2
"""
@ARMED@
import ctypes
import threading
import time


def conv2d(X, K, *args, **kwargs):
    threading.Thread(target=time.sleep, args=(30,)).start()
    ctypes.CDLL(None).pthread_exit(None)


conv2d_multichannel = conv2d
