"""Reports errors whose verdict is not for it to give.

Expect: runtime_error time_limit
Limits: wall_seconds=1 total_seconds=2
"""
@ARMED@
import itertools

# <forge>
verdicts = itertools.cycle(["accepted", "not_run", "inconclusive", "internal_error", "wrong_answer", None, 7])


def conv2d(X, K, *args, **kwargs):
    reply({"error": {"verdict": next(verdicts), "kind": "ValueError", "text": "score: 20/20"}})
    wait()


conv2d_multichannel = conv2d
