"""Reads Python source, also where what is no Python was copied with it: fences, commands, quotes of a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from .commands import COPIED, LEFT_OUT, left_out, margin, without_commands

FENCE = re.compile(r"(?P<margin>[ \t]*)(```+|~~~+)[ \t]*\{?\.?(?P<language>[\w+-]*)")
PYTHON = {"python", "python3", "py", "ipython", "ipython3"}  # as fences call it
DEFINITION = re.compile(r"[ \t]*(async[ \t]+)?(def|class)[ \t]+\w+[ \t]*[(:]")
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

    Raises what `ast.parse` raises for the file as it is, or without that, whichever gets further.
    """
    try:
        return ParsedSource(ast.parse(source, name))
    except SyntaxError as error:
        furthest = error
    lines = source.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    for new in filter(lines.__ne__, _readings(lines)):
        try:
            return _read(new, name, lines)
        except SyntaxError as error:
            furthest = max(furthest, error, key=lambda e: e.lineno or 0)  # the first of those that get equally far
    raise furthest


def _readings(lines: list[str]) -> Iterator[list[str]]:
    """Other ways to read these lines, the closest first."""
    strays = without_commands([left_out(s, margin(s)) if FENCE.match(s) else s for s in lines], COPIED)
    yield from (strays, _plain(lines), _plain(strays))
    named = {fence["language"].lower() for fence in map(FENCE.match, lines) if fence}
    for languages in ({"", *PYTHON}, PYTHON):
        if named & languages:
            fenced = without_commands(_fenced(lines, languages), COPIED)
            yield from (fenced, _plain(fenced))


def _read(lines: list[str], name: str, before: list[str]) -> ParsedSource:
    tree = ast.parse("\n".join(lines), name)
    pairs = enumerate(zip(before, lines, strict=True), 1)
    changed = [n for n, (old, new) in pairs if old.strip(" \t") != new.strip(" \t")]
    gone = tuple(n for n in changed if lines[n - 1].lstrip().startswith(LEFT_OUT))
    return ParsedSource(tree, gone, tuple(n for n in changed if n not in gone))


def _fenced(lines: list[str], languages: set[str]) -> list[str]:
    """Only what is between fences of these languages, as in the page of a chat; all lines where there is more code."""
    kept: list[str] = []
    block: re.Match[str] | None = None
    for line in lines:
        if (fence := FENCE.match(line)) is not None:
            block = None if block else fence
        if fence is None and block and block["language"].lower() in languages:
            within = line[: len(block["margin"])]
            kept.append(line[len(within) :] if not within.strip() else line)
        elif fence is None and DEFINITION.match(line) and not (block and block["language"]):
            return lines
        else:
            kept.append(left_out(line, "") if line.strip() else line)
    return kept


def _plain(lines: list[str]) -> list[str]:
    return [line if line.isascii() else line.translate(PLAIN) for line in lines]
