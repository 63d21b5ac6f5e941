"""Empty files in a tree of folders, some of them unreadable afterwards.

Expect: output_limit
Limits: cpu_seconds=4 wall_seconds=8 total_seconds=10
"""
@ARMED@
import os


def conv2d(X, K, *args, **kwargs):
    for i in range(1 << 20):
        os.makedirs(f"a{i}/b/c/d", mode=0o000 if i % 7 == 0 else 0o777, exist_ok=True)
        for j in range(50):
            open(f"a{i + 1 if i % 7 == 0 else i}/{j}", "w").close() if i % 7 else None


conv2d_multichannel = conv2d
