"""One file without end, then many that are smaller.

Expect: output_limit
"""
@ARMED@


def conv2d(X, K, stride=1, padding=0):
    with open("redteam_was_here", "wb") as file:
        while True:
            file.write(b"\1" * (1 << 16))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    for i in range(1 << 20):
        with open(f"redteam_was_here_{i}", "wb") as file:
            file.write(b"\1" * (1 << 19))
