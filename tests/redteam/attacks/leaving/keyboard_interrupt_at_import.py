"""KeyboardInterrupt at import must not look like the teacher's Ctrl-C: that statement is left out.

Expect: accepted
Score: full
"""
@ARMED@
# <honest>
raise KeyboardInterrupt
