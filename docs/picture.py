"""Draws docs/graded.svg, what a terminal shows for `grade submit my_conv.py` in examples/: python docs/picture.py."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).resolve().parent
PICTURE = DOCS / "graded.svg"
ROWS, COLUMNS = 60, 100
DECIDES = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE", "COLUMNS", "LINES")  # of colours and widths
COMMAND = ("grade", "submit", "my_conv.py", "--no-timing", "--seed", "7")


def shown() -> str:
    """What the terminal shows, with its colours, up to the points: what follows depends on the machine."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in DECIDES}
    with subprocess.Popen(
        [sys.executable, "-m", "grader.cli.unhurried", *COMMAND[1:]],
        stdout=slave,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=DOCS.parent / "examples",
        env=environment | {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", "GRADE_HOME": os.devnull},
    ):
        os.close(slave)
        text = _read(master).replace("\r\n", "\n")
    return text[: re.search(r"^.*\d+ of \d+ points.*$", text, re.MULTILINE).end()]  # type: ignore[union-attr]


def _read(master: int) -> str:
    data = b""
    try:
        while part := os.read(master, 65536):
            data += part
    except OSError:  # Linux's way to say that nobody writes any more
        pass
    os.close(master)
    return data.decode()


def drawn(text: str) -> str:
    """The text as SVG that loads nothing from elsewhere."""
    console = Console(record=True, width=COLUMNS, file=StringIO())
    console.print(Text(f"$ {' '.join(COMMAND)}\n"), Text.from_ansi(text), sep="\n")
    svg = console.export_svg(title="cnn-grader", unique_id="graded")
    lines = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(drawn(shown()), encoding="utf-8")
