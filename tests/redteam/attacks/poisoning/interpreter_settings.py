"""Every setting of the interpreter that a program may change. The solution is right all the same.

Expect: accepted
Score: full
"""
@ARMED@
import decimal
import gc
import locale
import os
import random
import signal
import sys
import threading
import warnings

import numpy as np

# <honest>
sys.setrecursionlimit(200)
sys.setswitchinterval(1e-6)
sys.settrace(lambda *args: None)
sys.setprofile(lambda *args: None)
threading.settrace(lambda *args: None)
sys.set_int_max_str_digits(640)
sys.excepthook = threading.excepthook = sys.unraisablehook = lambda *args: os._exit(0)
sys.displayhook = None
sys.path[:] = []
sys.path_importer_cache.clear()
warnings.simplefilter("error")
np.seterr(all="raise")
np.set_printoptions(threshold=1)
np.random.seed(0)
random.seed(0)
decimal.getcontext().prec = 1
gc.disable()
gc.callbacks.append(lambda *args: None)
os.environ.clear()
os.environ.update(OMP_NUM_THREADS="64", PYTHONPATH="/tmp", LD_PRELOAD="/tmp/x.so", PATH="")
os.chdir("/")
os.umask(0o777)
sys.stdin = sys.__stdin__ = None
sys.argv[:] = ["--score=20"]
for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGUSR1, signal.SIGXCPU):
    signal.signal(number, lambda *args: os._exit(0))
locale.setlocale(locale.LC_ALL, "C")
