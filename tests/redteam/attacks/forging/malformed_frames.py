"""Headers and descriptors that lie about sizes, counts, shapes and types; another one for each request.

Expect: runtime_error wrong_answer time_limit
Limits: wall_seconds=1 total_seconds=3
"""
@ARMED@
import struct

# <forge>
OK = b'{"ok":{"t":"array","i":0,"kind":"ndarray"}}'
HEADER = "<4sHHQIQ"


def head(magic=b"CNNG", version=1, count=0, size=len(OK), tensors=0):
    return lambda i: struct.pack(HEADER, magic, version, count, i, size, tensors)


def tensor(code=11, ndim=1, shape=(2,), data=b"\0" * 16, size=None, text=OK, count=1):
    shape = (*shape, *(0,) * (8 - len(shape)))
    descriptor = struct.pack("<BB6x8Q", code, ndim, *shape)
    total = len(data) if size is None else size
    return lambda i: struct.pack(HEADER, b"CNNG", 1, count, i, len(text), total) + descriptor + text + data


FRAMES = [
    lambda i: b"",
    lambda i: b"CNNG",
    lambda i: b"GNNC" * 100,
    lambda i: head()(i)[:20],
    head(),
    head(magic=b"\0\0\0\0"),
    head(version=2),
    head(count=65535),
    head(count=65),
    head(count=1),
    head(size=0xFFFFFFFF),
    head(size=0),
    head(tensors=(1 << 64) - 1),
    head(tensors=1),
    lambda i: head(size=1000)(i) + OK,
    tensor(code=255),
    tensor(code=14),
    tensor(ndim=255),
    tensor(ndim=9),
    tensor(ndim=0),
    tensor(ndim=8, shape=(2, 1, 1, 1, 1, 1, 1, 1)),
    tensor(size=8),
    tensor(size=1 << 40),
    tensor(shape=(1 << 40,), size=8 << 40),
    tensor(shape=((1 << 64) - 1,), size=(1 << 64) - 8),
    tensor(ndim=8, shape=((1 << 64) - 1,) * 8, size=0),
    tensor(ndim=2, shape=(0, (1 << 64) - 1), data=b""),
    tensor(ndim=2, shape=(0, 1 << 62), data=b""),
    tensor(ndim=2, shape=(1 << 62, 0), data=b""),
    tensor(ndim=3, shape=(1 << 40, 1 << 40, 0), data=b""),
    tensor(ndim=8, shape=(1 << 40, 0, 0, 0, 0, 0, 0, 0), data=b""),
    tensor(code=0, shape=(16,), data=bytes(range(16))),
    tensor(data=b"\0" * 7, size=16),
    tensor(text=b'{"ok":{"t":"array","i":1,"kind":"ndarray"}}'),
    tensor(text=b'{"ok":{"t":"array","i":-1,"kind":"ndarray"}}'),
    tensor(text=b'{"ok":{"t":"array","i":true,"kind":"ndarray"}}'),
    tensor(text=b'{"ok":{"t":"array","i":1e0,"kind":"ndarray"}}'),
    tensor(text=b'{"ok":{"t":"array","i":0,"kind":"object"}}'),
    tensor(text=b'{"ok":[' + b",".join([OK[6:-1]] * 15_000) + b"]}", shape=(100_000,), data=b"\0" * 800_000),
    tensor(text=b'{"ok":null}'),
]


def conv2d(X, K, *args, **kwargs):
    raw(next_of(FRAMES)(request_id()))
    wait()


conv2d_multichannel = conv2d
