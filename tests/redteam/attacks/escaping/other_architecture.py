"""System calls in the processor's older mode, where the numbers mean something else.

Expect: runtime_error
"""
@ARMED@
import ctypes
import mmap

CODE = bytes.fromhex("b814000000cd80c3")  # mov eax, 20 (getpid of i386); int 0x80; ret


def conv2d(X, K, stride=1, padding=0):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(CODE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    raise SystemExit


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    ctypes.CDLL(None).syscall(0x40000000 | 39)  # getpid of x32
    raise SystemExit
