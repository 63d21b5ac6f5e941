"""Dumps of all stacks, asked for and by a timer; the timer's while this thread stands still, as one of running code may
crash. The solution is right all the same.

Expect: accepted
Score: full
"""
@ARMED@
import faulthandler
import sys
import time

# <honest>
faulthandler.enable(sys.stderr, all_threads=True)
faulthandler.dump_traceback_later(0.01, repeat=False, file=sys.stderr)
time.sleep(0.05)
faulthandler.dump_traceback(sys.stderr)
