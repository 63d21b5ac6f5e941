"""Dumps of all stacks into every stream, again and again. The solution is right all the same.

Expect: accepted
Score: full
"""
@ARMED@
import faulthandler
import sys

# <honest>
faulthandler.enable(sys.stderr, all_threads=True)
faulthandler.dump_traceback_later(0.01, repeat=False, file=sys.stderr)
