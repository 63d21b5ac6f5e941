"""When it is asked where it is, says so in texts of its own, longer than any line and with what a terminal obeys.

Expect: time_limit
Message: in the loop of
Limits: cpu_seconds=4 total_seconds=12
"""
@ARMED@
import signal

# <forge>


def told(*args):
    reply({"error": {"lines": [[1 << 20, "while \x1b[2Jaccepted" + "x" * 5000, "/etc/\u202epasswd", "\x1b[31m"]]}})
    reply({"ok": None}, 1)


signal.signal(signal.SIGUSR1, told)


def conv2d(X, K, *args, **kwargs):
    while True:
        pass


conv2d_multichannel = conv2d
