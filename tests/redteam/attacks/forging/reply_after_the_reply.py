"""A thread sends a second reply a moment after the first.

Expect: runtime_error wrong_answer
"""
@ARMED@
import threading
import time

import numpy as np

# <forge>


def conv2d(X, K, *args, **kwargs):
    threading.Thread(target=lambda: (time.sleep(0.01), reply({"ok": None})), daemon=True).start()
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
