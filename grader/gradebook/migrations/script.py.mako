"""${message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Exact, Moment

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """From ${down_revision or "nothing"}."""
    ${upgrades if upgrades else "pass"}
