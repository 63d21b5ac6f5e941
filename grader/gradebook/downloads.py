"""What platforms' downloads call students' files: written down by batches, read by exports."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..clean import line
from .enrolment import MOST_IN_A_QUERY
from .entries import assignment
from .queries import PersonRow
from .records import Downloaded
from .tables import Assignment, Download, Student


def downloaded(session: Session, plan: str, names: Sequence[Downloaded]) -> None:
    """The names of these students' files, and no others of theirs in this assignment. Raises GradebookError."""
    owner = assignment(session, plan).id
    rows = session.execute(select(Student.key, Student.id))
    numbers = {row[0]: row[1] for row in rows}
    theirs = [(numbers[line(n.student)], n) for n in names if line(n.student) in numbers]
    ours = list({number for number, _ in theirs})
    for start in range(0, len(ours), MOST_IN_A_QUERY):
        some = Download.student_id.in_(ours[start : start + MOST_IN_A_QUERY])
        session.execute(delete(Download).where(Download.assignment_id == owner, some))
    session.add_all(
        Download(assignment_id=owner, student_id=number, name=n.name, participant=n.participant) for number, n in theirs
    )


def downloads(session: Session, plan: str) -> list[tuple[str, Download]]:
    """The key of the person whose it is, and what a download calls their files; later ones last."""
    query = select(PersonRow.key, Download).select_from(Download).join(Assignment).join(Student)
    query = query.join(PersonRow, PersonRow.id == Student.person).where(Assignment.name == plan)
    return [(key, download) for key, download in session.execute(query.order_by(Download.id))]
