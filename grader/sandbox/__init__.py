"""The boundary between grader and submission.

launch.py    starts a zygote behind the best isolation that the machine offers, and gets workers from it
outside.py   the zygote's process; order.py: what a worker and its sandbox know of each other
remote.py    one worker: ask it, measure it, end it; failures.py: what went wrong in it
watch.py     its limits; cgroup.py: those that a control group sets; paths.py: what bubblewrap shows
inside/      what runs in there: zygote, worker, interpreter; ops.py, wire.py and frames.py serve both sides
"""
