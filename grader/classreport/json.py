"""The class in JSON: the numbers of the report, and each student's points unless it is anonymous."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from ..gradebook.comments import LineComment
from ..report.as_json import check_to_dict
from . import model as model
from .worklist import WorkGroup, absent, worklist


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
        "sections": [] if anonymous else [asdict(s) for s in stats.sections],
        "before": stats.before and {"assignment": stats.before[0], "marks": asdict(stats.before[1].spread)},
        "todo": [{"title": g.title, "count": len(g.items)} for g in worklist(classroom)],
        "failures": [asdict(f) | ({"who": ""} if anonymous else {}) for f in classroom.failures],
    }
    if not anonymous:
        data["people"] = [_person(p) for p in classroom.people]
        data["todo"] = [_group(g) for g in worklist(classroom)]
        data["absent"] = [{"student": p.key, "email": p.email or None} for p in absent(classroom)]
        data["similar"] = asdict(similar) if similar else None
    return json.dumps(data, indent=2, ensure_ascii=False, default=float)


def _exercise(stats: model.ExerciseStats) -> dict[str, Any]:
    return asdict(replace(stats, found=[])) | {"found": [_found(f) for f in stats.found]}


def _found(found: model.Found) -> dict[str, Any]:
    """A misconception; the check of its example as in the report of one submission."""
    example = found.example and {"check": check_to_dict(found.example.check), "who": found.example.who}
    return asdict(replace(found, example=None)) | {"example": example}


def _group(group: WorkGroup) -> dict[str, Any]:
    items = [{"student": i.person.key if i.person else None, "text": i.text} for i in group.items]
    return {"title": group.title, "count": len(items), "items": items}


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
        "edition": entry.edition or None,
        "causes": [kind.key for kind in entry.kinds],
        "comments": [_comment(one) for one in entry.comments],
        "misconceptions": list(dict.fromkeys(c.misconception.slug for c in checks if c.misconception)),
    }


def _comment(one: LineComment) -> dict[str, Any]:
    place = {"file": one.file, "line": one.line or None, "superseded": one.superseded}
    return {**place, "text": one.text, "author": one.author, "at": _iso(one.at)}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
