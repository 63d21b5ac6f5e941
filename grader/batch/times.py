"""When work was handed in: from a list, from what the platform says, or from the files' own dates."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from ..gradebook.delimited import PARTICIPANT, column, columns, read_delimited
from ..gradebook.names import orders, spellings
from ..gradebook.records import FILES, STATED, HandedIn, Person
from ..moments import in_zone
from .layouts import Owned, may_be_numbered
from .problems import Kind, Problem
from .roster import person_of
from .sources import DownloadedFile, IntakeError, shown

TIME = (
    *("time", "submitted at", "submitted", "handed in", "submission time", "submission date", "timestamp"),
    *("last modified (submission)", "zuletzt geändert (abgabe)", "abgabezeitpunkt", "abgegeben am"),
)
FILE = ("file", "file name", "filename", "datei", "dateiname")
NUMBERED = ("identifier", "id")  # of Moodle's grading worksheet: `Participant 123`
ENDS_IN_NUMBER = re.compile(r"\D+(\d+)")
MONTHS = {
    name: number
    for number, names in enumerate("jan feb mar,mär apr may,mai jun jul aug sep oct,okt nov dec,dez".split(), 1)
    for name in names.split(",")
}
CLOCK = r",? (?P<hour>\d{1,2}):(?P<minute>\d\d)(:(?P<second>\d\d))?( ?(?P<half>[AaPp])\.?[Mm]\.?)?"
IN_WORDS = re.compile(r"(\w+, ?)?(?P<day>\d{1,2})\.? (?P<month>[^\W\d]{3})[^\W\d]*\.? (?P<year>\d{4})" + CLOCK)
IN_NUMBERS = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})" + CLOCK)
NEVER = datetime.min.replace(tzinfo=UTC)
AT_ONCE = timedelta(minutes=30)  # a zip whose dates lie closer together was written then, not handed in


@dataclass(frozen=True, eq=False)
class ListedTime:
    """A line of a list: whose work or which file, and when. A time without a zone is that of the clocks there."""

    person: Person | None
    participant: str
    file: str
    at: datetime


@dataclass
class HandInTimes:
    """Says of each file when it was handed in. `zone` (None: this machine's) holds for times without one."""

    listed: list[ListedTime] = field(default_factory=list)
    from_files: bool = False
    zone: tzinfo | None = None
    dated: bool = False  # whether the dates in the platform's zip are times of handing in

    def __post_init__(self) -> None:
        """Order the list by what it can be asked by."""
        self._by_file = {line.file: line for line in self.listed if line.file}
        others = [line for line in self.listed if not line.file]
        self._by_participant = {line.participant: line for line in others if line.participant}
        self._by_sign: dict[str, list[ListedTime]] = defaultdict(list)
        for line in others:
            for sign in _signs(line.person) if line.person else ():
                self._by_sign[sign].append(line)
        self._used: set[ListedTime] = set()

    def of(self, entry: DownloadedFile, owned: Owned) -> HandedIn:
        """What is known of one file of a download: the list first, then the platform, then the file's date."""
        if lines := self._listed(entry, owned):
            self._used.update(lines)
            return max((self._read(line.at, STATED) for line in lines), key=lambda s: s.at or NEVER)
        said = owned.submitted
        if said.at is not None or entry.written is None or not (self.dated or self.from_files):
            return said
        return replace(self._read(entry.written, "Moodle's zip" if self.dated else FILES), late=said.late)

    def _read(self, moment: datetime, source: str) -> HandedIn:
        clock = "" if moment.tzinfo else moment.isoformat(sep=" ")
        return HandedIn(in_zone(moment, self.zone).astimezone(UTC), source, clock=clock)

    def _listed(self, entry: DownloadedFile, owned: Owned) -> list[ListedTime]:
        """The line of the file, or those of its owners; a name that is only alike is nobody's."""
        if line := self._by_file.get(entry.name):
            return [line]
        if (line := self._by_participant.get(owned.participant)) and _is_theirs(line, owned):
            return [line]
        found = [{line for sign in _signs(p) for line in self._by_sign.get(sign, ())} for p in owned.people]
        return [line for lines in found if len(lines) == 1 for line in lines]

    def left_over(self) -> list[Problem]:
        """Lines of the list that fit nothing in the download."""
        unused = [line for line in self.listed if line not in self._used]
        return [Problem(Kind.ONLY_A_TIME, line.file or (line.person.key if line.person else "")) for line in unused]


def _is_theirs(line: ListedTime, owned: Owned) -> bool:
    """Whether a participant's line can be of these owners: a group's number may be a participant's, too."""
    name = line.person.name if line.person else ""
    return not name or any(may_be_numbered(who, [name]) for who in owned.people)


def _signs(person: Person) -> set[str]:
    """What a list may call a student: the key, any id, the name with its words in another order."""
    texts = (person.key, *(value for kind, value in person.ids.items() if kind != PARTICIPANT))
    return {sign for text in texts for sign in spellings(text)} | orders(person.name)


def made_at_once(files: list[DownloadedFile]) -> bool:
    """Whether the dates say nothing: there are none, or all are of one half-hour."""
    dates = [f.written for f in files if f.written is not None]
    return not dates or max(dates) - min(dates) < AT_ONCE


# ---------------------------------------------------------------- a list


def read_times(path: Path) -> list[ListedTime]:
    """The times of a CSV: of students or files, also Moodle's grading worksheet. Raises GraderError."""
    table = read_delimited(path).rows
    header, *rows = table
    when = column(header, TIME)
    if when is None:
        raise IntakeError(f"{path}: no column 'time'; the first line has: {', '.join(header)[:300]}")
    file, participant, people = column(header, FILE), column(header, NUMBERED), columns(table)
    if file is None and participant is None and not people:
        raise IntakeError(
            f"{path}: no column for the student or the file; the first line has: {', '.join(header)[:300]}"
        )
    found = []
    for number, row in enumerate(rows, 2):
        cell = {i: text.strip() for i, text in enumerate(row)}
        if cell.get(when, "-") in ("", "-"):
            continue
        at = _moment(cell[when], f"{path}, line {number}")
        named = ENDS_IN_NUMBER.fullmatch(cell.get(participant, "")) if participant is not None else None
        line = ListedTime(
            person_of(row, people), named[1] if named else "", cell.get(file, "") if file is not None else "", at
        )
        if not (line.person or line.participant or line.file):
            raise IntakeError(f"{path}, line {number}: a time of nobody and of no file")
        found.append(line)
    return _only_once(found, path)


def _only_once(lines: list[ListedTime], path: Path) -> list[ListedTime]:
    times: dict[object, datetime] = {}
    for line in lines:
        whose = line.file or line.participant or (line.person and line.person.key)
        if times.setdefault(whose, line.at) != line.at:
            raise IntakeError(f"{path}: '{shown(str(whose))}' is there twice, with different times")
    return list({(line.file or line.participant, line.person and line.person.key): line for line in lines}.values())


def _moment(text: str, where: str) -> datetime:
    """`2027-03-01 18:02`, `1.3.2027 18:02` or `Monday, 1 March 2027, 6:02 PM`. Raises IntakeError."""
    plain = " ".join(text.replace("\u202f", " ").split())
    found = IN_WORDS.fullmatch(plain) or IN_NUMBERS.fullmatch(plain)
    try:
        moment = _of_parts(found.groupdict()) if found else datetime.fromisoformat(plain.replace(" UTC", "+00:00"))
        if len(plain) > len(date.min.isoformat()):
            return moment
    except (ValueError, KeyError):
        pass
    raise IntakeError(
        f"{where}: '{shown(text)[:60]}' is no time; write it as 2027-03-01 18:02 or 2027-03-01T18:02+01:00"
    )


def _of_parts(part: dict[str, str | None]) -> datetime:
    month, hour = part["month"] or "", int(part["hour"] or 0)
    if part["half"]:
        hour = hour % 12 + 12 * (part["half"] in "Pp")
    number = int(month) if month.isdigit() else MONTHS[month.casefold()]
    day = date(int(part["year"] or 0), number, int(part["day"] or 0))
    return datetime.combine(day, time(hour, int(part["minute"] or 0), int(part["second"] or 0)))
