"""Imports the reference, the grader and the exercises by every name they have.

Expect: wrong_answer runtime_error
"""
@ARMED@
import importlib
import sys

NAMES = ["solutions.conv", "solutions", "grader.checks.subject", "grader.judge.plugin", "grader", "exercises.conv", "exercises"]
NAMES += ["cnn_grader", "generators", "tests", "subject", "plugin", "model", "grade"]
sys.path[:0] = ["@ROOT@", "@ROOT@/solutions", "@ROOT@/grader", "."]
WORKED = False
for name in NAMES:
    try:
        importlib.import_module(name)
        WORKED = True
    except (ImportError, OSError):
        pass

# <works>
