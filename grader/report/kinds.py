"""What kind a cause is, whatever inputs showed it and whoever has it: by this, causes of many gradings are counted."""

from __future__ import annotations

from ..model import Result
from ..model.cause import Cause, Why
from ..model.findings import Raised, innermost
from ..model.record import Record, record
from . import causes


@record()
class CauseKind(Record):
    """`key` is the same for every seed: a misconception's slug, a rule's text, or an exception and its line."""

    key: str
    title: str


def kind(cause: Cause, result: Result) -> CauseKind:
    """The kind of one of a result's causes."""
    title = causes.headline(cause, result)
    if cause.why is Why.NAMED:
        return CauseKind(f"named:{cause.subject}", title)
    finding = next(iter(causes.first(cause, result).findings), None)
    if isinstance(finding, Raised):
        place = innermost(finding.lines)
        line = cause.subject if place is None else place.text.strip()
        where = f" in `{line}`" if line else ""
        return CauseKind(f"raised:{finding.type}:{line}", f"{finding.type}{where}")
    if rule := _counted(causes.rule(cause, result)):
        return CauseKind(f"rule:{cause.subject}:{rule}", f"{title} {rule}")
    return CauseKind(f"{cause.why}:{cause.subject}:{','.join(sorted(cause.checks))}", title)


def _counted(rule: str) -> str:
    """The rule without in how many cases it was seen, which hangs on the inputs."""
    return rule.partition(": in ")[0].partition(", and wrong in ")[0].rstrip(".") + "." if rule else ""
