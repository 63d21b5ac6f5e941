"""Why a source cannot be read as Python, and what to do where that is known."""

from __future__ import annotations

import re

# What a file begins with → what it is.
FOREIGN = (
    (rb"\s*<(!DOCTYPE\s+)?html", "The file is a web page. Download the source that it shows (“Raw”)."),
    (rb"\{\\rtf|\xd0\xcf\x11\xe0", "A word processor has saved this file. Save it as plain text."),
    (rb"%PDF", "The file is a PDF. Paste the code into a plain text file."),
    (rb"diff --git |--- \S+\n\+\+\+ ", "The file is a list of changes (a diff). Hand in the whole file."),
    (rb"\xff\xfe|\xfe\xff", "The file is saved as UTF-16. Save it as UTF-8 and hand it in again."),
)
# What the line begins with, or what Python says of it → what to do.
HINTS = (
    (r"(<<<<<<<|=======|>>>>>>>)", "Git has put two versions here. Keep one of them, and delete these marks."),
    (r"(>>>|\.\.\.) ", "Delete the prompts, `>>>` and `...`, at the beginning of the lines."),
    (r"\d+[:.]?\s+(\W|import |from |def |class )", "Delete the numbers of the lines."),
    (r"(In|Out) ?\[\d*\]:", "Delete the numbers of cells, as `In [1]:`."),
)
SAID = (
    (r"'[\(\[\{]' was never closed|unterminated .*string", "The line in which it begins is the one to look at."),
    (r"unindent does not match|inconsistent use of tabs", "Use four spaces for each level, and no tabs."),
)


def foreign(source: bytes) -> str:
    """What a file is that is no Python by its beginning; nothing where it may be."""
    return next((said for begin, said in FOREIGN if re.match(begin, source, re.IGNORECASE)), "")


def why(error: SyntaxError) -> str:
    """The line, what Python says, and what to do."""
    where = f"line {error.lineno}" if error.lineno else "the file"
    line = error.text.strip()[:200] if error.text else ""
    said = f"{type(error).__name__}: {error.msg}"
    return "\n".join([f"Python cannot read {where}{line and f': {line}'}", said, *_hint(line, error.msg)])


def _hint(line: str, said: str) -> list[str]:
    told = [hint for begin, hint in HINTS if re.match(begin, line)]
    return (told or [hint for pattern, hint in SAID if re.search(pattern, said)])[:1]
