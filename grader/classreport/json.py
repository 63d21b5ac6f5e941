"""The class in JSON: the numbers of the report, and each student's points unless it is anonymous."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from ..report.as_json import check_to_dict
from . import model as model


def to_json(
    classroom: model.Classroom,
    stats: model.ClassStats,
    *,
    anonymous: bool = False,
    similar: model.Similar | None = None,
) -> str:
    """One object. Points are numbers; shares lie between 0 and 1."""
    data: dict[str, Any] = {
        "assignment": classroom.assignment,
        "students": len(classroom.people),
        "marks": asdict(stats.spread),
        "exercises": [_exercise(e) for e in stats.exercises],
        "failures": [asdict(f) | ({"who": ""} if anonymous else {}) for f in classroom.failures],
    }
    if not anonymous:
        data["people"] = [_person(p) for p in classroom.people]
        data["similar"] = asdict(similar) if similar else None
    return json.dumps(data, indent=2, ensure_ascii=False, default=float)


def _exercise(stats: model.ExerciseStats) -> dict[str, Any]:
    return asdict(replace(stats, found=[])) | {"found": [_found(f) for f in stats.found]}


def _found(found: model.Found) -> dict[str, Any]:
    """A misconception; the check of its example as in the report of one submission."""
    example = found.example and {"check": check_to_dict(found.example.check), "who": found.example.who}
    return asdict(replace(found, example=None)) | {"example": example}


def _person(person: model.ClassMember) -> dict[str, Any]:
    return {
        "student": person.key,
        "name": person.name,
        "section": person.section,
        "points": person.points,
        "possible": person.possible,
        "late_days_left": person.late_days,
        "exercises": {e.exercise: _entry(e) for e in person.entries},
    }


def _entry(entry: model.ExerciseMark) -> dict[str, Any]:
    checks = entry.result.checks if entry.result else []
    return {
        "points": entry.points,
        "possible": entry.possible,
        "submitted_at": _iso(entry.late.at),
        "due": _iso(entry.late.due.at),
        "extended": entry.late.due.extended,
        "days_late": entry.late.days,
        "late_days_used": entry.late.free,
        "excused": entry.excused,
        "overridden": entry.overridden,
        "misconceptions": list(dict.fromkeys(c.misconception.slug for c in checks if c.misconception)),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
