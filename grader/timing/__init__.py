"""Timing checks: a submission's time as a ratio to the reference's, measured in one interleaved run.

    fixture.py      what a check calls: `timing.at_most(5, "conv2d", inputs, size=96)`
    lanes.py        workers on equal terms, of which one runs while the others stand still
    race.py         rounds in shuffled order with fresh inputs; every answer checked; stop when the verdict is clear
    statistics.py   medians, bootstrap intervals, the verdict
    blame.py        whose loss it is when a worker of ours gives no answer
    growth.py       how time grows with the size, for naming a needless factor
    memory.py       peak memory of one call, read from outside
    device.py       a GPU's name, and a lock, so that no two runs use it at once
    gpu.py          workers there; gpu_race.py: rounds by the wall clock; gpu_memory.py: calls in a bounded memory

Nothing in here is imported before a timing check runs.
"""
