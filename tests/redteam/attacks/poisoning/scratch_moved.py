"""Moves its folder away, and puts a file in its place. The solution is right all the same.

Expect: accepted
Score: full
"""
@ARMED@
import os

# <honest>
here = os.getcwd()
try:
    os.rename(here, here + "_redteam_was_here")
    open(here, "w").close()
except OSError:
    pass
