"""Who decides, where nobody says so."""

from __future__ import annotations

import getpass


def login_name() -> str:
    """The name of whoever types the command, or `unknown`."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
