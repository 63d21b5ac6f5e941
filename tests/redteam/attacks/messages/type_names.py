"""Results whose type has a name that is a message.

Expect: wrong_answer
"""
@ARMED@
Verdict = type("\x1b[2J✓ accepted 20/20\n<script>", (), {"__module__": "\u202e[bold]" * 1000})


def conv2d(X, K, stride=1, padding=0):
    return Verdict()


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return {"\x1b[2J\u202e": Verdict(), "score": 20}
