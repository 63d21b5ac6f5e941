"""Text of a submission made harmless, for every renderer. Imports nothing heavy."""

from __future__ import annotations

import re

MAX_TEXT = 4000
INVISIBLE = r"\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"  # change direction or have no width
CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{INVISIBLE}]")


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """The text without control or direction characters, and of bounded length."""
    cut = text[:limit].encode("utf-8", "replace").decode("utf-8")
    cut = CONTROL.sub("\N{REPLACEMENT CHARACTER}", cut.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4))
    return cut if len(text) <= limit else f"{cut}\n… (cut off, {len(text)} characters in all)"


def decoded(path: str) -> str:
    """A path as text. A name that is not UTF-8 (Python keeps its bytes as lone surrogates) is read as Windows-1252."""
    return "/".join(map(_decoded, path.split("/"))) if _has_surrogates(path) else path


def _has_surrogates(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)


def _decoded(name: str) -> str:
    if not _has_surrogates(name):
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace").decode()


def line(text: str, limit: int = 300) -> str:
    """Clean text in one line."""
    return " ".join(clean(text, limit).split())
