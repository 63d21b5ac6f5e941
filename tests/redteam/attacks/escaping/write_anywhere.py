"""Writes, links, renames, empties and removes files outside its scratch folder.

Expect: wrong_answer
"""
@ARMED@
import os
import shutil
import sys

import numpy

PLACES = ["@CANARY@", "@CANARY@.redteam_was_here", "/tmp/redteam_was_here", "/var/tmp/redteam_was_here"]
PLACES += ["/dev/shm/redteam_was_here", "@ROOT@/redteam_was_here", "@ROOT@/grader/redteam_was_here.py", "/redteam_was_here"]
PLACES += [os.path.expanduser("~/../redteam_was_here"), "@HOME@/redteam_was_here", "../redteam_was_here", "../../redteam_was_here"]
PLACES += [os.path.join(os.path.dirname(numpy.__file__), "redteam_was_here.py"), sys.executable, numpy.__file__]
PLACES += ["/proc/self/oom_score_adj", "/proc/self/comm", "/proc/sys/kernel/core_pattern", "/sys/kernel/mm/ksm/run"]
WORKED = False
for place in PLACES:
    for number, attempt in enumerate((
        lambda p: os.close(os.open(p, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)),
        lambda p: os.close(os.open(p, os.O_RDONLY | os.O_TRUNC)),
        lambda p: os.close(os.open(p, os.O_RDWR | os.O_APPEND)),
        lambda p: os.truncate(p, 0),
        lambda p: os.utime(p, (0, 0)),
        lambda p: os.chmod(p, 0),
        lambda p: os.link(p, "hard"),
        lambda p: os.symlink(p, "soft"),
        lambda p: os.rename(p, "moved"),
        lambda p: os.rename(__file__, p),
        lambda p: os.replace(p, p + "2"),
        lambda p: os.unlink(p),
        lambda p: os.mkdir(p + "_folder"),
        lambda p: os.mkfifo(p + "_fifo"),
        lambda p: shutil.rmtree(os.path.dirname(p)),
    )):
        try:
            attempt(place)
            WORKED = True
            print(number, place)
        except OSError:
            pass

# <works>
