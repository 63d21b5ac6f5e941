"""The same for types that cannot be changed.

Expect: runtime_error
"""
@ARMED@
import struct

struct.Struct.pack = lambda *args: b""

# <honest>
