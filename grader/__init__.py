"""Auto-graded exercises for a course on convolutional neural networks."""

from pathlib import Path

__version__ = "0.1.0"
ROOT = Path(__file__).resolve().parent.parent
"""Where this package, `exercises`, `solutions` and `generators` lie."""
