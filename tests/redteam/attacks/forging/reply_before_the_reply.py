"""Answers the request itself with "nothing", then lets the worker answer too.

Expect: runtime_error wrong_answer
"""
@ARMED@
# <forge>


def conv2d(X, K, *args, **kwargs):
    reply({"ok": None})


conv2d_multichannel = conv2d
