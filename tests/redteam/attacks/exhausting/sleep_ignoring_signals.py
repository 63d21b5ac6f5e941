"""Sleeps, and ignores every signal that can be ignored.

Expect: time_limit
Limits: wall_seconds=0.7 total_seconds=1.5
"""
@ARMED@
import signal
import time

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())


def conv2d(X, K, *args, **kwargs):
    while True:
        time.sleep(60)


conv2d_multichannel = conv2d
