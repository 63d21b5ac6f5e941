"""The same while loading, in the source line as well.

Expect: runtime_error
Message: nasty
"""
@ARMED@
raise ValueError("nasty \x1b[2J" + "\x1b[31m accepted")
