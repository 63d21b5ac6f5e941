"""KeyboardInterrupt at import must not look like the teacher's Ctrl-C.

Expect: runtime_error
"""
@ARMED@
# <honest>
raise KeyboardInterrupt
