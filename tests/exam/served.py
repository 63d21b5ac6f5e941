"""`grade serve` as a process that a test can kill and start again, and a keyboard as the only way to use its pages."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from grader.practice.place import HOME

LINK = re.compile(r"http://\S+/enter\S+")


class Served:
    """The server of a home folder, always at the same port."""

    def __init__(self, home: Path):
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it, and wait for its link."""
        command = [sys.executable, "-m", "grader", "serve", "--no-open", "--port", str(self.port)]
        home = os.environ | {HOME: str(self.home)}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=home, start_new_session=True)
        assert self.process.stdout is not None
        self.link = next(found[0] for line in self.process.stdout if (found := LINK.search(line)))

    def kill(self) -> None:
        """Without a chance to tidy up: it, and what it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


class Keyboard:
    """A page that is used by keys alone."""

    def __init__(self, page: Any):
        self.page = page

    def reach(self, selector: str, key: str = "Tab") -> None:
        """Press Tab until this has the focus."""
        for _ in range(90):
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{selector} is not reached by {key}")

    def use(self, selector: str, key: str = "Enter") -> None:
        """Reach it and press a key."""
        self.reach(selector)
        self.page.keyboard.press(key)

    def type(self, selector: str, text: str) -> None:
        """Reach a field, and type over what is in it."""
        self.reach(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
