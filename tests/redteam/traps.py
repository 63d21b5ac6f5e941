"""What the traps that are handed in are built of: files, folders, archives and notebooks."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

PARTS = Path(__file__).with_name("parts")
HONEST = (PARTS / "honest.py").read_text()
WRONG = "def conv2d(X, K, stride=1, padding=0):\n    return [[0.0]]\n\n\nconv2d_multichannel = conv2d\n"
SECONDS = 40
"""Whatever is handed in, the answer is there within them."""
Build = Callable[[Path], Path]


def written(path: Path, data: str | bytes) -> Path:
    """The file, made with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return path


def source(data: str | bytes, name: str = "my_conv.py") -> Build:
    """One file."""
    return lambda folder: written(folder / name, data)


def folder_of(**files: str) -> Build:
    """A folder of files; their names write `__slash__` and `__dot__` for what a keyword cannot hold."""

    def build(folder: Path) -> Path:
        for name, data in files.items():
            written(folder / "handed_in" / name.replace("__slash__", "/").replace("__dot__", "."), data)
        return folder / "handed_in"

    return build


def zipped(*entries: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Build:
    """An archive of these names and contents."""

    def build(folder: Path) -> Path:
        with zipfile.ZipFile(folder / "handed_in.zip", "w", method) as archive:
            for name, data in entries:
                archive.writestr(name, data)
        return folder / "handed_in.zip"

    return build


def link(name: str, target: str) -> zipfile.ZipInfo:
    """An archive's entry that is a symbolic link; its content is the target."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def notebook(*cells: object, **more: object) -> Build:
    """A notebook of these cells."""
    content = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more
    return source(json.dumps(content), "my_conv.ipynb")


def code(text: object, **more: object) -> dict:
    """A cell of code."""
    return {"cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None} | more
