"""The process ends with code 0 while the file is loaded, past every handler.

Expect: runtime_error
"""
@ARMED@
import os

# <honest>
os._exit(0)
