"""`grade` with as much time as it likes for explaining: for what is printed in the docs, on however busy a machine.

python -m grader.cli.unhurried submit my_conv.py
"""

from __future__ import annotations

from ..judge import cases, explaining, plugin
from . import main

ENOUGH = 600.0  # seconds of processor time


if __name__ == "__main__":
    for seconds in (cases.SECONDS, explaining.SECONDS, plugin.PAIR_SECONDS):
        seconds.update(dict.fromkeys(seconds, ENOUGH))
    main()
