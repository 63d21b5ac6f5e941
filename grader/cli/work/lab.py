"""`grade lab`: the sheet of a lab from graded results and recorded points."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ...errors import FULL, LESS
from ...freetext.lab import LabSheet, lab_sheet
from .output import deliver, show_lines


def show_sheet(slug: str, results: Sequence[str], rubric: str | None, form: str, output: str | None) -> int:
    """Put the sheet together and show it; returns the exit code."""
    sheet = lab_sheet(slug, [Path(r) for r in results], Path(rubric) if rubric else None)
    _show(sheet, form, output)
    return FULL if sheet.full_marks else LESS


def _show(sheet: LabSheet, form: str, output: str | None) -> None:
    if form == "json":
        deliver(json.dumps(sheet.to_dict(), indent=2, ensure_ascii=False), output)
        return
    from ...freetext import text as essay_text

    show_lines(essay_text.sheet_lines(sheet), output)
