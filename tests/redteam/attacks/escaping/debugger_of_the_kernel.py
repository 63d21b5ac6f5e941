"""ctypes to the functions by which a process changes its own confinement.

Expect: wrong_answer
"""
@ARMED@
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
WORKED = libc.prctl(22, 0) == 0 or libc.prctl(38, 0, 0, 0, 0) == 0 or libc.prctl(24, 0, 0, 0, 0) == 0
WORKED = WORKED or libc.prctl(59, 1, 0, 0, 0) == 0 or libc.prctl(0x59616D61, -1, 0, 0, 0) == 0
WORKED = WORKED or libc.unshare(0x10000000) == 0 or libc.setuid(0) == 0 or libc.setresuid(0, 0, 0) == 0

# <works>
