"""The records that everything here speaks in: plain data, no NumPy, cheap to import."""

from .limits import Limits
from .result import CheckResult, Evidence, Misconception, Overlay, Result
from .verdict import Failure, Record, Verdict

__all__ = ["CheckResult", "Evidence", "Failure", "Limits", "Misconception", "Overlay", "Record", "Result", "Verdict"]
