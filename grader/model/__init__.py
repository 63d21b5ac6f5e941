"""The records that everything here speaks in: plain data, no NumPy, cheap to import."""

from .failure import Failure
from .findings import Finding
from .limits import Limits
from .record import Record, record
from .result import CheckResult, Misconception, Overlay, Result
from .verdict import Verdict

__all__ = [
    "CheckResult",
    "Failure",
    "Finding",
    "Limits",
    "Misconception",
    "Overlay",
    "Record",
    "Result",
    "Verdict",
    "record",
]
