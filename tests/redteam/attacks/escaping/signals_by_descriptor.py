"""Lets the kernel send a signal to another process when a pipe becomes readable.

Expect: wrong_answer
"""
@ARMED@
import fcntl
import os
import signal

F_SETSIG, F_SETOWN_EX = 10, 15
WORKED = False
for pid in (os.getppid(), @PID@, @VICTIM@, 1, 2):
    try:
        read, write = os.pipe()
        fcntl.fcntl(read, fcntl.F_SETOWN, pid)
        fcntl.fcntl(read, F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
        os.write(write, b"x")
        WORKED = True
        print(pid)
    except OSError:
        pass
    finally:
        os.close(read)
        os.close(write)

# <works>
