"""Profiles, traces memory and switches threads all the time. The solution is right all the same.

Expect: accepted
Score: full
"""
@ARMED@
import gc
import sys
import threading
import tracemalloc

tracemalloc.start(20)
sys.setswitchinterval(1e-9)
sys.setprofile(lambda *args: None)
threading.setprofile(lambda *args: None)
gc.disable()

# <honest>
