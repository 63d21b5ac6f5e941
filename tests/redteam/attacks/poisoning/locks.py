"""Locks every file that others use as well. The solution is right all the same.

Expect: accepted
Score: full
"""
@ARMED@
import fcntl
import os
import sys

import numpy as np

for path in (sys.executable, np.__file__, os.__file__, "/dev/null", "/dev/urandom"):
    try:
        fcntl.flock(os.open(path, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pass

# <honest>
