"""Takes as many threads as there are, at import: no worker of ours could be started beside it.

Expect: accepted time_limit
Score: full
Timing: time_limit
"""
@ARMED@
import threading

_wait = threading.Event().wait
try:
    for _ in range(30):
        threading.Thread(target=_wait, daemon=True).start()
except RuntimeError:
    pass

# <slow>
