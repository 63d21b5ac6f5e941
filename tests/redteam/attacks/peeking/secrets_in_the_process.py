"""Looks for the reference's source and for paths of the course in arguments, environment and live strings.

Expect: wrong_answer
"""
@ARMED@
import gc
import os
import sys

text = repr(sys.argv) + repr(os.environ) + repr(vars(sys.modules["__main__"]).get("c"))
WORKED = "sliding_window_view(X, K.shape)" in text
for found in gc.get_objects():
    if isinstance(found, dict) and ("expected" in found or "reference" in found) and "op" in found:
        WORKED = True

# <works>
