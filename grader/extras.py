"""Libraries that only some parts need, and which extra of the package brings them."""

from __future__ import annotations

from .errors import NotInstalled

EXTRAS = {
    "torch": "torch",
    **dict.fromkeys(("dask_jobqueue", "distributed"), "cluster"),
    **dict.fromkeys(("alembic", "psycopg", "sqlalchemy", "yaml"), "class"),
    "copydetect": "similarity",
    "openpyxl": "spreadsheets",
    "latex2mathml": "pages",
    **dict.fromkeys(("python_multipart", "starlette", "uvicorn"), "web"),
    **dict.fromkeys(("docx", "pypandoc", "typst"), "documents"),
}
"""Name at import: the extra in `pyproject.toml`."""


def not_installed(error: ModuleNotFoundError) -> NotInstalled | None:
    """What to say of a library that an extra would have brought; None of any other."""
    library = (error.name or "").partition(".")[0]
    if library not in EXTRAS:
        return None
    return NotInstalled(f"this needs {library}, which is not installed: pip install 'cnn-grader[{EXTRAS[library]}]'")
