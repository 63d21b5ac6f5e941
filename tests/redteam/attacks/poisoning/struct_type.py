"""The same for types that cannot be changed: that statement is left out.

Expect: accepted
Score: full
"""
@ARMED@
import struct

struct.Struct.pack = lambda *args: b""

# <honest>
