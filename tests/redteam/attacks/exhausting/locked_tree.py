"""Folders without rights, left in scratch.

Expect: wrong_answer runtime_error
"""
@ARMED@
import os

import numpy as np

os.makedirs("locked/inner", exist_ok=True)
open("locked/inner/redteam_was_here", "w").close()
for path in ("locked/inner/redteam_was_here", "locked/inner", "locked", "."):
    try:
        os.chmod(path, 0)
    except OSError:
        pass
old = os.umask(0o777)
os.makedirs("by_umask", exist_ok=True)


def conv2d(X, K, *args, **kwargs):
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
