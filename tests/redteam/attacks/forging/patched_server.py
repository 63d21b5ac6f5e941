"""Replaces the server's answer and its channel.

Expect: wrong_answer runtime_error
"""
@ARMED@
import sys

worker = sys.modules["inside.worker"]
count = 0


def answer(self, message, tensors):
    global count
    count += 1
    return [{"ok": count}, {"ok": True}, {"ok": "accepted"}, {"ok": [[]]}, {}][count % 5], []


worker.Server._answer = answer


def conv2d(X, K, *args, **kwargs):
    return 0


conv2d_multichannel = conv2d
