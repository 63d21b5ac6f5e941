"""Reads what the grader might be asked. There is nothing to read, and the solution is right.

Expect: accepted
Score: full
"""
@ARMED@
import os
import sys

if sys.stdin.read() or os.read(0, 100):
    raise SystemExit("there was something to read")

# <honest>
