"""Characters that turn the reading direction, that are invisible, or that are none.

Expect: runtime_error
Message: nasty
"""
@ARMED@
NASTY = "nasty \u202e0/02\u202c \u2066\u2069 \u200b\u200d \ufeff \ud800 \udfff \U000e0041 \u2028 \u2029 \x85 e" + "\u0301" * 2000


def conv2d(X, K, stride=1, padding=0):
    raise ValueError(NASTY)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    raise KeyError(NASTY, "\udc80")
