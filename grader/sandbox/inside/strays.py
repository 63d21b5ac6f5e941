"""Reads Python source, also where what is no Python was copied with it: fences, magics, quotes of a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

FENCE = re.compile(r"[ \t]*(```|~~~)")
MAGIC = re.compile(r"^[ \t]*([%!?]|[\w.]+\?{1,2}[ \t]*$|[\w, ]+=[ \t]*[%!])", re.MULTILINE)
LEFT_OUT = "pass  # "
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
PLAIN = dict.fromkeys(map(ord, SPACES), " ") | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), "")
PLAIN |= dict.fromkeys(map(ord, "\u201c\u201d\u201e"), '"') | dict.fromkeys(map(ord, "\u2018\u2019\u201a"), "'")


class ParsedSource(NamedTuple):
    """A file's syntax tree; the lines that were left out because they are no Python, and those read otherwise."""

    tree: ast.Module
    left_out: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


def parsed(source: bytes, name: str) -> ParsedSource:
    """The tree of a file; of one that is no Python, without what was copied with it, if it is Python then.

    Raises what `ast.parse` raises for the file as it is.
    """
    try:
        return ParsedSource(ast.parse(source, name))
    except SyntaxError as error:
        lines = source.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
        found = next((tree for new in _readings(lines) if (tree := _tree(new, name, lines))), None)
        if found is None:
            raise error from None
        return found


def without_magics(text: str) -> str:
    """`%magic`, `!shell`, `help?`, `x = !shell` and `x = %magic` do nothing."""
    return "\n".join(map(_without_magic, text.split("\n")))


def _readings(lines: list[str]) -> Iterator[list[str]]:
    """Other ways to read these lines, the closest first."""
    plain, strays = [_plain(line) for line in lines], [_without_stray(line) for line in lines]
    fenced = _fenced(lines) if any(map(FENCE.match, lines)) else lines
    for reading in (strays, plain, [_plain(line) for line in strays], fenced, [_plain(line) for line in fenced]):
        if reading != lines:
            yield reading


def _tree(lines: list[str], name: str, before: list[str]) -> ParsedSource | None:
    try:
        tree = ast.parse("\n".join(lines), name)
    except (SyntaxError, ValueError):
        return None
    changed = [n for n, (old, new) in enumerate(zip(before, lines, strict=True), 1) if old != new]
    gone = tuple(n for n in changed if lines[n - 1].lstrip().startswith(LEFT_OUT))
    return ParsedSource(tree, gone, tuple(n for n in changed if n not in gone))


def _fenced(lines: list[str]) -> list[str]:
    """Only what is between fences, as in the page of a chat."""
    inside, kept = False, []
    for line in lines:
        fence = FENCE.match(line) is not None
        inside ^= fence
        kept.append(line if (inside and not fence) or not line.strip() else _left_out(line))
    return kept


def _plain(line: str) -> str:
    return line if line.isascii() else line.translate(PLAIN)


def _without_stray(line: str) -> str:
    return _left_out(line) if FENCE.match(line) else _without_magic(line)


def _without_magic(line: str) -> str:
    return _left_out(line) if MAGIC.match(line) else line


def _left_out(line: str) -> str:
    text = line.lstrip()
    return f"{line[: len(line) - len(text)]}{LEFT_OUT}{text}"
