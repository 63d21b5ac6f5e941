"""Removes its own files and folder. The solution is right all the same.

Expect: accepted
Score: full
"""
@ARMED@
import os
import shutil

# <honest>
here = os.getcwd()
shutil.rmtree(here, ignore_errors=True)
os.chdir("/")
try:
    os.rmdir(here)
except OSError:
    pass
