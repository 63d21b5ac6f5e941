"""Prints without end while it is loaded.

Expect: output_limit
"""
@ARMED@
import sys

while True:
    sys.stdout.write("\x1b[31mredteam was here\x1b[2J\n" * 1000)
