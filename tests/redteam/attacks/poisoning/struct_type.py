"""The same for types that cannot be changed.

Expect: runtime_error
"""
import struct

struct.Struct.pack = lambda *args: b""

# <honest>
