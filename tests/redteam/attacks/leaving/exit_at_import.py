"""exit(0) while the file is loaded: that statement is left out.

Expect: accepted
Score: full
"""
@ARMED@
import sys

# <honest>
sys.exit(0)
