"""`--format json`: one object."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from typing import Any

from ..model import CheckResult, Result
from ..model.cause import Cause
from . import causes
from .evidence import evidence
from .message import message, unloaded

FIRST = ("name", "title", "verdict", "score", "max_score")
LAST = ("kind", "bonus", "max_bonus", "not_counted", "measurement")


def to_json(results: list[Result], student: str | None = None) -> str:
    """One result as it is; several as one object with their checks joined and the single ones under `results`."""
    data = to_dict(results[0]) if len(results) == 1 else _joined(results)
    if student is not None:
        data["student"] = student
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)


def to_dict(result: Result) -> dict[str, Any]:
    """One result's object, with the words of its messages."""
    head = {name: getattr(result, name) for name in ("exercise", "title", "file", "seed", "isolation")}
    rest = {name: getattr(result, name) for name in ("notes", "stdout", "seconds", "score", "max_score", "bonus")}
    kinds = {c.kind: dict(zip(("score", "max_score"), result.points(c.kind), strict=True)) for c in result.checks}
    checks = {
        "checks": [check_to_dict(c) for c in result.checks],
        "causes": [cause_to_dict(c, result) for c in result.causes],
        "error": unloaded(result),
    }
    return head | checks | rest | {"not_counted": result.not_counted, "by_kind": kinds}


def cause_to_dict(cause: Cause, result: Result) -> dict[str, Any]:
    """One cause's object. What was not looked for is null."""
    check = causes.first(cause, result)
    return {
        "checks": list(cause.checks),
        "points": cause.points,
        "headline": causes.headline(cause, result),
        "misconception": _plain(check.misconception),
        "rule": _rule(cause, result),
        "relation": _relation(cause, result),
        "case": _case(cause, result),
        "lines": [asdict(line) for line in causes.lines(cause, result)],
    }


def _rule(cause: Cause, result: Result) -> dict[str, Any] | None:
    text = causes.rule(cause, result)
    return {"text": text, "cases": causes.rule_cases(cause, result), "exceptions": 0} if text else None


def _case(cause: Cause, result: Result) -> dict[str, Any] | None:
    """The case that can be run again: four texts, and how many numbers it shows."""
    if (case := causes.case(cause, result)) is None:
        return None
    from . import script  # NumPy, which a result without cases does not need

    return {
        "script": script.script(case, result),
        "call": script.call(case),
        "expected": script.expected(case),
        "actual": script.actual(case),
        "numbers": script.numbers(case),
    }


def _relation(cause: Cause, result: Result) -> dict[str, Any] | None:
    text = causes.relation(cause, result)
    return {"text": text, "cases": causes.relation_cases(cause, result)} if text else None


def check_to_dict(check: CheckResult) -> dict[str, Any]:
    """One check's object, with its message in words."""
    found = evidence(check)
    fields = {field: _plain(getattr(check, field)) for field in FIRST}
    fields |= {"message": message(check), "misconception": _plain(check.misconception), "seconds": check.seconds}
    fields |= {"evidence": _plain(found), "overlay": _plain(check.overlay)}
    return fields | {field: _plain(getattr(check, field)) for field in LAST}


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _joined(results: list[Result]) -> dict[str, Any]:
    single = [to_dict(result) for result in results]
    return {
        "exercise": ",".join(dict.fromkeys(r.exercise for r in results)),
        "score": sum(r.score for r in results),
        "max_score": sum(r.max_score for r in results),
        "isolation": ",".join(dict.fromkeys(r.isolation for r in results)),
        "seed": results[0].seed if results else None,
        "checks": [c | {"name": f"{r['exercise']}.{c['name']}"} for r in single for c in r["checks"]],
        "results": single,
    }
