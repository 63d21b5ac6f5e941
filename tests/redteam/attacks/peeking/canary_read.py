"""Reads a private file of the user.

Expect: wrong_answer
"""
@ARMED@
from pathlib import Path

try:
    WORKED = bool(Path("@CANARY@").read_bytes())
except OSError:
    WORKED = False

# <works>
