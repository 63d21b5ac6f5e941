"""What the class of 120 hands in where the download says nobody's name: blind, anonymous, or by groups."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from .downloads_of_120 import DUE, LATE, MISSING, TestClass, content, put, table

BERLIN = ZoneInfo("Europe/Berlin")
BLIND_DUE = datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC)  # the end of 1 March in Berlin
OPENS = BLIND_DUE - timedelta(days=10)
BLIND, AGAIN, SAME, SECTION, EXTRA, TARDY = range(12), 8, 0, 5, (4, 6), 2
HOURS = {SECTION: 20, EXTRA[0]: 48, EXTRA[1]: 96, TARDY: 44}  # after 23:00 of that day
ANONYMOUS, UNMAPPED = range(8), 7
TEAMS = {"Group One": (20, 21), "Group Two": (22, 23)}
BEFORE = 3  # points that Moodle has of everybody in week 4, before any of ours


def make_nameless(made: TestClass) -> None:
    """Write the downloads without names."""
    for download, (again, hours) in enumerate([("", -30), ("_2", -20), ("", -10)], 1):
        _blind(made, download, again, hours)
    now = {n: f"Participant_{700 + n} is {made.name(n)} ({made.key(n)}) now" for n in _handed_in_blind()}
    made.odd["week 4"] = [("joined with what came earlier", told) for told in now.values()]
    _anonymous(made)
    _groups(made)


def _handed_in_blind() -> list[int]:
    return [n for n in BLIND if n != MISSING]


def _blind(made: TestClass, download: int, again: str, hours: int) -> None:
    """Moodle's blind marking, three times: AGAIN hands in something else and then the first file again, SAME the same
    bytes later. The third time, identities are revealed."""
    base, rows = datetime(2027, 3, 1, 22, tzinfo=UTC), {}
    with zipfile.ZipFile(made.folder / f"week4-{download}.zip", "w") as archive:
        for n in _handed_in_blind():
            at = base + timedelta(hours=HOURS.get(n, hours if n == AGAIN else -40))
            if n == SAME and download == 3:
                at = base + timedelta(hours=30)
            new = n == AGAIN and again
            path = f"Participant_{700 + n}_assignsubmission_file_/my_pooling{again if new else ''}.py"
            put(archive, path, content("pooling", n + 1 if new else n), at)
            rows[n] = at
            if download == 1 or n in (AGAIN, SAME):
                made.came("week 4", n, path, at)
    _worksheet(made, download, rows)
    options = ["--times", f"worksheet4-{download}.csv"]
    made.type("week 4", f"week4-{download}.zip", *options, *(["--roster", options[1]] if download == 3 else []))


def _worksheet(made: TestClass, download: int, came: dict[int, datetime]) -> None:
    """As Moodle's assignment gives it: names only once they are revealed. Everybody has BEFORE points there."""
    header = ["Identifier", *(["Full name", "Email address"] if download == 3 else []), "Status", "Grade"]
    header += ["Maximum Grade", "Grade can be changed", "Last modified (submission)", "Online text"]
    header += ["Last modified (grade)", "Feedback comments"]
    rows = []
    for n in range(made.count):
        who = [made.name(n), made.key(n)] if download == 3 else []
        at = f"{came[n].astimezone(BERLIN):%A, %-d %B %Y, %-I:%M %p}" if n in came else "-"
        cells = ["Graded", f"{BEFORE}.00", "20.00", "Yes", at, "", "Monday, 1 February 2027, 6:02 PM", ""]
        rows.append([f"Participant {700 + n}", *who, *cells])
    table(made.folder / f"worksheet4-{download}.csv", header, rows)


def _anonymous(made: TestClass) -> None:
    """Canvas's anonymous download: a list says whose all are but one; the zip's dates are taken."""
    who = []
    with zipfile.ZipFile(made.folder / "week5.zip", "w") as archive:
        for n in ANONYMOUS:
            path = f"{'LATE_' if n == LATE else ''}anon_a{n:04}_{9100 + n}_my_padding.py"
            at = DUE + timedelta(hours=30 if n == LATE else -1 - n)
            put(archive, path, content("padding", n), at)
            made.came("week 5", n, path, at)
            who += [[f"anonymous_a{n:04}", made.key(n)]] if n != UNMAPPED else []
    table(made.folder / "who5.csv", ["hand-in", "student"], who)
    late = f"LATE_anon_a{LATE:04}_{9100 + LATE}_my_padding.py"
    made.odd["week 5"] = [("not in the roster", f"anonymous_a{UNMAPPED:04}"), ("late, says the platform", late)]
    made.type("week 5", "week5.zip", "--roster", "class.csv", "--who", "who5.csv", "--times-from", "files")


def _groups(made: TestClass) -> None:
    """Canvas's download of a group assignment: one member's number, the group's name, one file for all members."""
    teams = {n: team for team, members in TEAMS.items() for n in members}
    rows = [[made.name(n), str(500 + n), made.key(n), teams.get(n, "")] for n in range(made.count)]
    table(made.folder / "groups.csv", ["name", "canvas_user_id", "login_id", "group_name"], rows)
    with zipfile.ZipFile(made.folder / "week6.zip", "w") as archive:
        for file, (team, members) in enumerate(TEAMS.items(), 9200):
            path = f"{team.replace(' ', '').lower()}_{500 + members[0]}_{file}_my_receptive_field.py"
            put(archive, path, content("receptive_field", members[0]), DUE)
            for n in members:
                made.came("week 6", n, path, None)
    made.odd["week 6"] = [("joined by name", "groupone_520"), ("joined by name", "grouptwo_522")]
    made.type("week 6", "week6.zip", "--roster", "groups.csv")
