"""Signals to its parent, its group, the grader, everybody.

Expect: wrong_answer runtime_error
"""
@ARMED@
import ctypes
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
WORKED = False
for number in (0, signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP):
    for pid in (os.getppid(), @PID@, @VICTIM@, 1, 2, -1, -@PID@):
        try:
            os.kill(pid, number)
            WORKED = True
        except OSError:
            pass
        WORKED = WORKED or libc.syscall(62, pid, number) == 0  # kill
        WORKED = WORKED or libc.syscall(200, pid, number) == 0  # tkill
        WORKED = WORKED or libc.syscall(234, pid, pid, number) == 0  # tgkill
        WORKED = WORKED or libc.syscall(129, pid, number, ctypes.create_string_buffer(128)) == 0  # rt_sigqueueinfo
        WORKED = WORKED or libc.syscall(424, pid, number, 0, 0) == 0  # pidfd_send_signal

# <works>
