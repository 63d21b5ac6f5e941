"""Times as people type and read them: with the name of a zone, with an offset, or by this machine's clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from .clean import clean
from .errors import GraderError

DATE = re.compile(r"\d{4}-?\d\d-?\d\d")
TYPED = re.compile(r"(?P<when>\d\S*(?:\s\d\S*)?)(?:\s(?P<zone>[A-Za-z]\S*))?")
OFFSET = re.compile(r"[+-]\d\d:\d\d")
FORM = "2027-03-01, 2027-03-01T23:59, 2027-03-01T23:59+01:00 or '2027-03-01T23:59 Europe/Berlin'"


def find_zone(name: str) -> tzinfo | None:
    """`Europe/Berlin`, `+01:00`, or nothing for this machine's: None. Raises GraderError."""
    if not name:
        return None
    try:
        return datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo if OFFSET.fullmatch(name) else ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # not there, no name of a zone, a folder of zones
        raise GraderError(f"time zone '{clean(name, 60)}': write a name such as Europe/Berlin, or +01:00") from error


def read_moment(text: str, zone: str = "", what: str = "time") -> tuple[datetime, str]:
    """A time as it was typed, in UTC, and the zone to show it in; `zone` holds where the text names none.

    A date is its last moment. Raises GraderError, also for a time that clocks skip or show twice.
    """
    typed = TYPED.fullmatch(" ".join(text.split()))
    try:
        moment = datetime.fromisoformat(typed["when"]) if typed else None
    except ValueError:
        moment = None
    if typed is None or moment is None:
        raise GraderError(f"{what} {clean(text, 60)}: write it as {FORM}")
    name = typed["zone"] or zone
    if DATE.fullmatch(typed["when"]):
        moment = datetime.combine(moment, time.max)
    place = find_zone(name)
    if moment.tzinfo is None:
        moment = _only(moment, place, f"{what} {moment.isoformat(timespec='minutes')}")
        return moment.astimezone(UTC), name
    return moment.astimezone(UTC), name or f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:5]


def _only(moment: datetime, zone: tzinfo | None, what: str) -> datetime:
    """A clock's time as the moment that it is. Raises GraderError where it is none, or two: in spring and in autumn."""
    first, second = (in_zone(moment.replace(fold=fold), zone) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    there = f"in {zone}" if zone else "here"
    kind = "is there twice" if first.replace(tzinfo=None, fold=0) == moment else "does not exist: clocks go forward"
    readings = " or ".join(reading.isoformat(timespec="minutes") for reading in sorted((first, second)))
    raise GraderError(f"{what} {kind} {there}. Write which is meant: {readings}")


def in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    """By the clocks of a zone (None: this machine's). A time without a zone is one of theirs: of two, the earlier."""
    if zone is None:
        return moment.astimezone()
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC).astimezone(zone)


def shown(moment: datetime, zone: str = "") -> str:
    """For people: `2027-03-01 23:59 Europe/Berlin`; with the offset where the zone has no name, or an hour twice."""
    local = in_zone(moment, find_zone(zone))
    text = f"{local:%Y-%m-%d %H:%M}" + (f":{local:%S}" if local.second else "")
    if not zone or OFFSET.fullmatch(zone):
        return text + local.isoformat()[-6:]
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{text}{local.isoformat()[-6:] if twice else ''} {zone}"
