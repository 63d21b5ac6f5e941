"""A loop while the file is loaded.

Expect: time_limit
Limits: cpu_seconds=0.4 total_seconds=1
"""
@ARMED@
while True:
    pass
