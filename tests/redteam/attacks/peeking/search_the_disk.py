"""Searches all of the disk for the reference, and for anything that was not meant for it.

Expect: wrong_answer
"""
@ARMED@
import os

WORKED = False
for top in ("/", "/home", "/root", "/tmp", "/work", "/etc", "/var", "/proc", "/run", "/mnt", os.path.expanduser("~")):
    count = 0
    for folder, _, names in os.walk(top):
        count += 1
        WORKED = WORKED or "cnn_grader_canary" in names or ("conv.py" in names and "solutions" in folder)
        if count > 300:
            break
for private in ("/etc/passwd", "/etc/shadow", "/etc/hosts", "/proc/self/environ", "/proc/cmdline", "/root/.bashrc"):
    try:
        with open(private, "rb"):
            WORKED = True
    except OSError:
        pass

# <works>
