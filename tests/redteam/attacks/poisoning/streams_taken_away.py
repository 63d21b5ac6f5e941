"""No standard streams any more. The solution is right all the same.

Expect: accepted
Score: full
"""
@ARMED@
import os
import sys

# <honest>
sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None
os.close(1)
os.close(2)
