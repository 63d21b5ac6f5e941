"""Reads the reference, the checks, the right answers and the history of the repository by absolute paths.

Expect: wrong_answer
"""
@ARMED@
import os

WORKED = False
FILES = ["solutions/conv.py", "exercises/conv/test_conv.py", "exercises/conv/right/plain_loops.py", "pyproject.toml"]
FILES += [".git/HEAD", ".git/index", "grader/judge/grade.py", "grader/sandbox/remote.py", "solutions/__pycache__"]
ROOTS = ["@ROOT@", "/proc/self/root@ROOT@", "/proc/1/root@ROOT@", "/proc/@PID@/root@ROOT@", "/proc/@PID@/cwd"]
ROOTS += ["/proc/self/cwd/../../../../..@ROOT@", "../../../../../../..@ROOT@", "/proc/thread-self/root@ROOT@"]
for root in ROOTS:
    for name in FILES:
        try:
            os.close(os.open(os.path.join(root, name), os.O_RDONLY))
            WORKED = True
        except OSError:
            pass
try:
    WORKED = WORKED or bool(os.listdir("@ROOT@/solutions"))
except OSError:
    pass

# <works>
