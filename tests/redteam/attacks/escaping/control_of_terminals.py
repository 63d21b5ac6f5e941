"""ioctl on its streams: characters into the terminal, signals by descriptor, another controlling terminal.

Expect: wrong_answer
"""
@ARMED@
import fcntl
import os
import termios

WORKED = False
for fd in (0, 1, 2, 3):
    for request, argument in (
        (termios.TIOCSTI, b"x"),
        (termios.TIOCSCTTY, 0),
        (0x541C, b"\x03\0\0\0"),  # TIOCLINUX
        (0x8901, b"\1\0\0\0"),  # FIOSETOWN
        (0x5452, b"\1\0\0\0"),  # FIOASYNC
    ):
        try:
            fcntl.ioctl(fd, request, argument)
            WORKED = True
        except OSError:
            pass
for name in ("/dev/tty", "/dev/console", "/dev/ptmx", "/dev/pts/0", "/dev/mem", "/dev/kmsg", "/dev/fuse", "/dev/vda", "/dev/sda"):
    try:
        os.close(os.open(name, os.O_RDWR))
        WORKED = True
    except OSError:
        pass

# <works>
