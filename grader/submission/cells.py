"""A notebook's cells as the notebook reads them: commands, prompts of a session, code that is indented as a whole."""

from __future__ import annotations

import re
import textwrap

from ..sandbox.inside.commands import COMMAND, without_commands

RUN = re.compile(r"""%run[ \t]+(-[in][ \t]+)*["']?(\./)?(?P<module>[A-Za-z_]\w*)(\.py)?["']?[ \t]*$""")
# What the first line begins with → what is taken off all lines.
PROMPTS = (
    (re.compile(r">>>( |$)"), re.compile(r"(>>>|\.\.\.)( |$)")),
    (re.compile(r"In ?\[\d+\]: "), re.compile(r"(In ?\[\d+\]: |\s*\.{3,}: ?)")),
)


def as_python(cell: str) -> str:
    """A cell in Python: a file that it runs is imported, and other commands do nothing. Lines keep their numbers."""
    lines = textwrap.dedent(cell).split("\n")
    begin = next((line for line in lines if line.strip()), "")
    for first, prompt in PROMPTS:
        if first.match(begin):
            lines = [prompt.sub("", line, count=1) for line in lines]
    return "\n".join(without_commands([RUN.sub(r"from \g<module> import *", line) for line in lines], COMMAND))
