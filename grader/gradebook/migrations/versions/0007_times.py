"""each time that work was handed in; extensions; changed settings; zones, removed exercises, late days"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Exact, Moment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """An attempt had one time at most, and nobody wrote down who told it."""
    op.add_column("assignments", sa.Column("opens", Moment(timezone=True), nullable=True))
    op.add_column("assignments", sa.Column("zone", sa.Text(), nullable=False, server_default=""))
    op.add_column("items", sa.Column("removed", sa.Boolean(), nullable=False, server_default=sa.false()))
    _arrivals()
    _decisions()


def _arrivals() -> None:
    arrivals = _table(
        "arrivals",
        *_of("arrivals", "attempt", "attempts"),
        sa.Column("at", Moment(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_arrivals_attempt_id"), "arrivals", ["attempt_id"])
    attempts = sa.table("attempts", sa.column("id"), sa.column("submitted_at"))
    nothing = sa.literal("", sa.Text())
    known = sa.select(attempts.c.id, attempts.c.submitted_at, nothing, sa.false(), nothing)
    columns = ["attempt_id", "at", "source", "late", "clock"]
    op.execute(sa.insert(arrivals).from_select(columns, known.order_by(attempts.c.id)))
    op.drop_column("attempts", "submitted_at")


def _decisions() -> None:
    _table(
        "extensions",
        *_of("extensions", "assignment", "assignments"),
        *_of("extensions", "student", "students", nullable=True),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("until", Moment(timezone=True), nullable=True),
        sa.Column("extra_time", Exact(), nullable=True),
        sa.Column("excused", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_who(),
    )
    op.create_index(op.f("ix_extensions_assignment_id"), "extensions", ["assignment_id"])
    _table(
        "setting_changes",
        *_of("setting_changes", "assignment", "assignments", nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("setting", "before", "after")),
        *_who(),
    )
    op.create_index(op.f("ix_setting_changes_assignment_id"), "setting_changes", ["assignment_id"])
    _table("course_rules", sa.Column("late_days", sa.Integer(), nullable=True))


def _table(name: str, *parts: sa.schema.SchemaItem) -> sa.Table:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    return op.create_table(name, sa.Column("id", sa.Integer(), nullable=False), key, *parts)


def _of(table: str, what: str, owner: str, nullable: bool = False) -> tuple[sa.schema.SchemaItem, ...]:
    name = op.f(f"fk_{table}_{what}_id_{owner}")
    column = sa.Column(f"{what}_id", sa.Integer(), nullable=nullable)
    return column, sa.ForeignKeyConstraint([f"{what}_id"], [f"{owner}.id"], name=name)


def _who() -> tuple[sa.schema.SchemaItem, ...]:
    return sa.Column("author", sa.Text(), nullable=False), sa.Column("at", Moment(timezone=True), nullable=False)
