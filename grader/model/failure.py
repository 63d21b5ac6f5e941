"""An exception that carries a finding: the submission did not answer."""

from __future__ import annotations

from .findings import Finding, Raised
from .verdict import Verdict


class Failure(Exception):
    """The submission failed to answer: it raised, ran out of something, or died. After a `fatal` one it is gone."""

    def __init__(self, finding: Finding, *, fatal: bool = False):
        super().__init__(finding)
        self.finding, self.fatal = finding, fatal

    @property
    def verdict(self) -> Verdict:
        """The finding's."""
        return self.finding.verdict

    @property
    def kind(self) -> str:
        """Of an exception, the built-in class that it is or derives from; else nothing."""
        return self.finding.kind if isinstance(self.finding, Raised) else ""

    @property
    def said(self) -> str:
        """Of an exception, what it says itself; else nothing."""
        return self.finding.said if isinstance(self.finding, Raised) else ""
