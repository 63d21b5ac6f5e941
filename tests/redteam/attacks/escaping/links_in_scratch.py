"""Links out of the scratch folder, for whoever cleans up.

Expect: wrong_answer
"""
@ARMED@
import os

WORKED = False
for name, target in (("a", "@CANARY@"), ("b", "/"), ("c", "@ROOT@"), ("d", "/proc/self/root"), ("e", "..")):
    try:
        os.symlink(target, name)
        WORKED = True
    except OSError:
        pass
    try:
        os.link(target, name + "_hard")
        WORKED = True
    except OSError:
        pass

# <works>
