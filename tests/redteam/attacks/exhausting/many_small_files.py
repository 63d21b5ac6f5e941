"""Empty files, as many as there can be.

Expect: output_limit
Limits: cpu_seconds=4 wall_seconds=8 total_seconds=10
"""
@ARMED@


def conv2d(X, K, *args, **kwargs):
    for i in range(1 << 30):
        open(f"redteam_was_here_{i}", "w").close()


conv2d_multichannel = conv2d
