"""A student's own files on their page, with people's comments below the lines that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..clean import clean
from ..gradebook.comments import LineComment
from ..gradebook.records import Work

MOST_FILES, MOST_LINES, WIDEST = 12, 1500, 400


@dataclass(frozen=True)
class CodePart:
    """Lines up to one with comments: `code` is markup, numbered; `label` is for who cannot see it."""

    code: Markup
    label: str
    comments: Sequence[LineComment] = ()


@dataclass(frozen=True)
class CodeFile:
    """A file; `whole`: comments about all of it, or about lines of one that has taken its place."""

    name: str
    parts: Sequence[CodePart]
    whole: Sequence[LineComment] = ()

    @property
    def commented(self) -> bool:
        """Whether anybody wrote anything."""
        return bool(self.whole) or any(part.comments for part in self.parts)


def code_files(work: Work, comments: Sequence[LineComment]) -> list[CodeFile]:
    """The Python files, the main one first."""
    names = sorted((n for n in work.files if n.endswith(".py")), key=lambda n: (n != work.main, n))[:MOST_FILES]
    shown = [clean(name, 1000) for name in names]
    files = [_file(name, work.files[name], [c for c in comments if c.file == name]) for name in names]
    rest = [c for c in comments if c.file not in shown]
    return [*files, CodeFile(clean(work.main, 200), [], rest)] if rest else files


def _file(name: str, data: bytes, comments: Sequence[LineComment]) -> CodeFile:
    lines = data.decode("utf-8", "replace").splitlines()[:MOST_LINES]
    beside = [c for c in comments if 0 < c.line <= len(lines) and not c.superseded]
    parts, start = [], 0
    for end in [*sorted({c.line for c in beside}), len(lines)]:
        if end > start:
            label = f"{clean(name, 200)}, lines {start + 1} to {end}"
            parts.append(CodePart(_numbered(lines[start:end], start + 1), label, [c for c in beside if c.line == end]))
        start = end
    return CodeFile(clean(name, 200), parts, [c for c in comments if c not in beside])


def _numbered(lines: Sequence[str], first: int) -> Markup:
    rows = (
        f'<span class="no">{number} </span>{escape(clean(text, WIDEST))}' for number, text in enumerate(lines, first)
    )
    return Markup("\n".join(rows))
