"""fork, vfork, clone and posix_spawn, straight from the C library and the kernel.

Expect: wrong_answer
"""
@ARMED@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SIGCHLD = 17
pids = [libc.fork(), libc.syscall(57), libc.syscall(56, SIGCHLD, 0, 0, 0, 0), libc.syscall(56, 0x4100 | SIGCHLD, 0, 0, 0, 0)]
pids.append(libc.syscall(435, (ctypes.c_uint64 * 11)(0, 0, 0, 0, SIGCHLD), 88))
if 0 in pids:
    os._exit(0)
try:
    pids.append(os.posix_spawn("/bin/sh", ["sh", "-c", "sleep 60"], {}))
except OSError:
    pass
try:
    pids.append(os.system("true") == 0 or -1)
except OSError:
    pass
WORKED = any(pid > 0 for pid in pids)

# <works>
