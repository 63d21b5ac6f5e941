"""Memory, descriptors, maps and environment through /proc: its own, the parent's, the grader's.

Expect: wrong_answer
"""
@ARMED@
import os

WORKED = False
for process in ("self", "thread-self", str(os.getppid()), "1", "2", "@PID@"):
    for name in ("mem", "maps", "environ", "cmdline", "stat", "status", "fd/0", "fd/3", "task", "stack", "smaps", "auxv"):
        try:
            os.close(os.open(f"/proc/{process}/{name}", os.O_RDWR if name == "mem" else os.O_RDONLY))
            WORKED = WORKED or process not in ("self", "thread-self")
        except OSError:
            pass

# <works>
