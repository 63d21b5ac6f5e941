"""Grading from a notebook: `%load_ext grader`, then `%%grade conv` on top of a cell; or `grader.check("conv2d")`.

What is graded is what the notebook's cells define, in the order in which they ran. It runs in another process, behind
the sandbox: nothing of the kernel's state counts, and nothing that is graded changes it.
"""

from .magic import check, load_ipython_extension
from .report import NotebookReport

__all__ = ["NotebookReport", "check", "load_ipython_extension"]
