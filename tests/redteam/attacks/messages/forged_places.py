"""Code that claims to be in other files, on other lines, with other names.

Expect: runtime_error
"""
@ARMED@
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def place(name, line):
    source = "\n" * line + "def f():\n    raise ValueError('here')\n"
    scope = {}
    exec(compile(source, name, "exec"), scope)
    return scope["f"]


NAMES = [HERE + "/\x1b[2J.py", HERE + "/../../../etc/passwd", HERE + "x" * 5000, HERE + "/@CANARY@", "/proc/self/environ", "@CANARY@"]
count = 0


def conv2d(X, K, *args, **kwargs):
    global count
    count += 1
    place(NAMES[count % len(NAMES)], count)()


conv2d_multichannel = conv2d
