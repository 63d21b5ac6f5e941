"""exit(0) while the file is loaded.

Expect: runtime_error
"""
@ARMED@
import sys

# <honest>
sys.exit(0)
