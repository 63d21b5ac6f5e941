"""Replies whose text is not the JSON that it should be; another one for each request.

Expect: runtime_error wrong_answer time_limit
Limits: wall_seconds=1 total_seconds=3
"""
@ARMED@
# <forge>
TEXTS = [
    b"",
    b"null",
    b"[]",
    b"1",
    b'"ok"',
    b"{}",
    b'{"ok"',
    b'{"ok":NaN}',
    b'{"ok":Infinity}',
    b'{"ok":-Infinity}',
    b'{"ok":1e999}',
    b'{"ok":' + b"9" * 5000 + b"}",
    b'{"ok":' + b"9" * 4000 + b"}",
    b"\xff\xfe{}",
    b'{"ok":"\xed\xa0\x80"}',
    b'{"ok":"\\ud800"}',
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"ok":' + b"[" * 200 + b"]" * 200 + b"}",
    b'{"ok":[' + b"1," * 50_000 + b"1]}",
    b'{"error":null}',
    b'{"error":{}}',
    b'{"error":[1]}',
    b'{"error":"accepted"}',
    b'{"error":{"verdict":"accepted","kind":"","text":"accepted"}}',
    b'{"error":{"verdict":["memory_limit"],"kind":{},"text":{"a":[1,2,null]}}}',
    b'{"error":{"verdict":"internal_error","kind":null,"text":null}}',
    b'{"error":{"text":"' + b"\\u001b[31m" * 10_000 + b'"}}',
    b'{"ok":null,"error":null}',
    b'{"ok":null,"score":20,"verdict":"accepted"}',
]
for unknown in ('"f"', '"array"', '"tuple"', '"dict"', '"ref"', '"name"', '"opaque"', '"x"', "null", "[]", "{}", "1"):
    TEXTS.append(b'{"ok":{"t":%s}}' % unknown.encode())
    TEXTS.append(b'{"ok":{"t":%s,"v":1,"i":1,"id":"x","kind":[],"scope":1,"name":[],"type":{}}}' % unknown.encode())
    TEXTS.append(b'{"ok":{"t":%s,"v":"x","i":-1,"id":1e400,"kind":{},"scope":1,"name":[],"type":{}}}' % unknown.encode())
    TEXTS.append(b'{"ok":{"t":%s,"v":[[]],"i":0,"id":-1,"kind":"ndarray","type":1}}' % unknown.encode())
TEXTS += [b'{"ok":{"t":"f","v":"0x1p+99999"}}', b'{"ok":{"t":"f","v":"nan"}}', b'{"ok":{"v":1}}']


def conv2d(X, K, *args, **kwargs):
    raw(frame(next_of(TEXTS)))
    wait()


conv2d_multichannel = conv2d
