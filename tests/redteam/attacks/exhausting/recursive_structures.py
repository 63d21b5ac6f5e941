"""Comparisons, prints and deletions that recurse a million deep.

Expect: wrong_answer runtime_error memory_limit
"""
@ARMED@


def conv2d(X, K, stride=1, padding=0):
    deep = None
    for _ in range(100_000):
        deep = (deep,)
    return deep


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    function = len
    for _ in range(20_000):
        function = lambda x, f=function: f(x)
    return function([])
