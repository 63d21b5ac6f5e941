"""Folders, a level each, all of them empty.

Expect: output_limit time_limit
Message: of files
Limits: cpu_seconds=4 wall_seconds=8 total_seconds=10
"""
@ARMED@
import os


def conv2d(X, K, *args, **kwargs):
    for i in range(10**7):
        os.mkdir(str(i))


conv2d_multichannel = conv2d
