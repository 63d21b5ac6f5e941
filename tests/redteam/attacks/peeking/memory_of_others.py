"""process_vm_readv, process_vm_writev, ptrace and pidfd_getfd on every process that it can name.

Expect: wrong_answer
"""
@ARMED@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
ATTACH, SEIZE, TRACEME = 16, 0x4206, 0
WORKED = False
vector = (ctypes.c_void_p * 2)(id(libc), 8)
for pid in (os.getppid(), 1, 2, @PID@):
    for request in (ATTACH, SEIZE):
        WORKED = WORKED or libc.syscall(101, request, pid, 0, 0) == 0
    WORKED = WORKED or libc.syscall(310, pid, vector, 1, vector, 1, 0) >= 0
    WORKED = WORKED or libc.syscall(311, pid, vector, 1, vector, 1, 0) >= 0
    handle = libc.syscall(434, pid, 0)
    WORKED = WORKED or handle >= 0
WORKED = WORKED or libc.syscall(101, TRACEME, 0, 0, 0) == 0

# <works>
