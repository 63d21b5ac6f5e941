"""Takes most of the memory that it may have, at import, and again in each of its workers.

Expect: accepted time_limit
Score: full
Timing: time_limit
"""
@ARMED@
import numpy

_held = numpy.ones(220 << 17)

# <slow>
