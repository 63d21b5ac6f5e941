"""Why a source cannot be read as Python, and what to do where that is known."""

from __future__ import annotations

import re
import sys

TYPESET = "\u2212\u2013\u2014\u00d7\u22c5\u00b7\u00f7\u2264\u2265\u2260"  # operators, as formulas are printed
# What a file begins with → what it is.
FOREIGN = (
    (rb"\s*<(!DOCTYPE\s+)?html", "The file is a web page. Download the source that it shows (“Raw”)."),
    (rb"\{\\rtf|\xd0\xcf\x11\xe0", "A word processor has saved this file. Save it as plain text."),
    (rb"%PDF", "The file is a PDF. Paste the code into a plain text file."),
    (rb"diff --git |--- \S+\n\+\+\+ ", "The file is a list of changes (a diff). Hand in the whole file."),
    (rb"\xff\xfe|\xfe\xff", "The file is saved as UTF-16. Save it as UTF-8 and hand it in again."),
)
# What the line begins with, or what Python says of it → what to do.
HERE = ".".join(map(str, sys.version_info[:2]))
MERGED = "Git has put two versions here. Keep one of them, and delete these marks."
HINTS = (
    (r"(<<<<<<<|=======|>>>>>>>)", MERGED),
    (r"(>>>|\.\.\.) ", "Delete the prompts, `>>>` and `...`, at the beginning of the lines."),
    (r"\d+[:.]?\s+(\W|import |from |def |class )", "Delete the numbers of the lines."),
    (r"(In|Out) ?\[\d*\]:", "Delete the numbers of cells, as `In [1]:`."),
    (r"type \w+(\[.*\])? ?=|(async )?def \w+\[.*\]\(|class \w+\[.*\]", f"Is it of Python 3.12? Here it is {HERE}."),
)
SAID = (
    (r"'[\(\[\{]' was never closed|unterminated .*string", "The line in which it begins is the one to look at."),
    (r"unindent does not match|inconsistent use of tabs", "Use four spaces for each level, and no tabs."),
    (r"unexpected indent", "It begins too far to the right. Does all of the file? Then move all of it to the left."),
    (r"codec can't decode|Non-UTF-8", "Save the file as UTF-8."),
    (r"f-string: (expecting|unmatched)", "Before Python 3.12, quotes inside the braces must differ from those around."),
    (f"invalid character '[{TYPESET}]'", "It was copied from a page: type -, *, /, <=, >= or != in its place."),
)


def foreign(source: bytes) -> str:
    """What a file is that is no Python by its beginning; nothing where it may be."""
    return next((said for begin, said in FOREIGN if re.match(begin, source, re.IGNORECASE)), "")


def merged(source: bytes) -> str:
    """What to do where Git's marks of two versions are in a file; nothing otherwise."""
    return MERGED if re.search(rb"^<<<<<<< ", source, re.MULTILINE) else ""


def why(error: SyntaxError) -> str:
    """The line, what Python says, and what to do."""
    where = f"line {error.lineno}" if error.lineno else "the file"
    line = error.text.strip()[:200] if error.text else ""
    said = f"{type(error).__name__}: {error.msg}"
    return "\n".join([f"Python cannot read {where}{line and f': {line}'}", said, *_hint(line, error.msg)])


def _hint(line: str, said: str) -> list[str]:
    told = [hint for begin, hint in HINTS if re.match(begin, line)]
    return (told or [hint for pattern, hint in SAID if re.search(pattern, said)])[:1]
