"""Files in /dev/shm.

Expect: runtime_error
"""
@ARMED@


def conv2d(X, K, stride=1, padding=0):
    with open("/dev/shm/redteam_was_here", "wb") as file:
        while True:
            file.write(b"\1" * (1 << 20))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    from multiprocessing.shared_memory import SharedMemory

    return SharedMemory("redteam_was_here", create=True, size=1 << 30)
