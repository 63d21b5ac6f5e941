"""All clocks stand still, also those of modules that have imported them.

Expect: accepted time_limit
Score: full
Timing: time_limit
"""
@ARMED@
import sys
import time

for _module in list(sys.modules.values()):
    for _name in ("time", "time_ns", "perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns", "process_time",
                  "process_time_ns", "thread_time", "clock_gettime", "clock_gettime_ns"):
        if getattr(_module, _name, None) is getattr(time, _name) and _module is not time:
            setattr(_module, _name, lambda *args: 0)
for _name in ("time", "perf_counter", "perf_counter_ns", "monotonic", "process_time", "clock_gettime_ns"):
    setattr(time, _name, lambda *args: 0)

# <slow>
