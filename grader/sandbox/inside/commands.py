"""Commands of notebooks, in sources and in cells: what they are, and sources without them."""

from __future__ import annotations

import re

LEFT_OUT = "pass  # "
# `%magic`, `!shell`, `help?`, `x = !shell` and `x = %magic`.
COMMAND = re.compile(r"[ \t]*([%!?]|[\w.]+\?{1,2}[ \t]*$|[\w, ]+=[ \t]*[%!])")
KNOWN = "matplotlib|pylab|time|timeit|prun|memit|pip|conda|load_ext|reload_ext|autoreload|cd|ls|pwd|run|env|config"
# The same in a source, where a line of an expression may begin with an operator, and `= !` may be C's.
COPIED = re.compile(
    rf"%%?[ \t]*[A-Za-z]|[ \t]+%%?({KNOWN})\b|[ \t]*![\w./]|[ \t]*\?{{1,2}}[\w.*]+[ \t]*$|[ \t]*[\w.]+\?{{1,2}}[ \t]*$"
    r"|\w[\w, ]*=[ \t]*(%[A-Za-z]|!)"
)


def without_commands(lines: list[str], command: re.Pattern[str]) -> list[str]:
    """Lines of which those that begin as a command, and those on which it goes on, do nothing."""
    kept: list[str] = []
    begun: str | None = None  # the indentation of a command that goes on
    for line in lines:
        if begun is None and command.match(line):
            begun = margin(line)
        kept.append(line if begun is None else left_out(line, begun))
        begun = begun if line.rstrip().endswith("\\") else None
    return kept


def left_out(line: str, indentation: str) -> str:
    """A line that does nothing, and still shows what it was."""
    return f"{indentation}{LEFT_OUT}{line.strip()}"


def margin(line: str) -> str:
    """The spaces and tabs that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]
