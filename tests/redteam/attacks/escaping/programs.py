"""Runs programs by every way the standard library has.

Expect: wrong_answer
"""
@ARMED@
import os
import pty
import subprocess
import sys

WORKED = False
for attempt in (
    lambda: subprocess.run(["/bin/true"]),
    lambda: subprocess.check_output("id", shell=True),
    lambda: os.popen("id").read(),
    lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}),
    lambda: os.execl("/bin/true", "true"),
    lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    lambda: os.spawnl(os.P_WAIT, "/bin/true", "true"),
    lambda: pty.fork(),
    lambda: os.forkpty(),
):
    try:
        attempt()
        WORKED = True
    except OSError:
        pass

# <works>
