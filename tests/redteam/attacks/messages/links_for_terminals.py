"""Links and pictures that terminals and pages would follow. The solution is right all the same.

Expect: accepted
Score: full
"""
@ARMED@
import sys

# <honest>
print("\x1b]8;;https://example.org\x1b\\20 of 20\x1b]8;;\x1b\\ [link=https://example.org]x[/link] ![x](https://example.org/x)")
print("\x1bPq#0;2;0;0;0\x1b\\ \x9b2J \x90q <img src=https://example.org/x onerror=alert(1)>", file=sys.stderr)
