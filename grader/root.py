"""Where `grader`, `exercises`, `solutions` and `generators` lie; apart, as `grade --help` can do without pathlib."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
