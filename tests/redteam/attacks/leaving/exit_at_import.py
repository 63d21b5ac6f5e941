"""exit(0) while the file is loaded.

Expect: runtime_error
"""
import sys

# <honest>
sys.exit(0)
