"""Text of a submission made harmless, for every renderer. Imports nothing heavy."""

from __future__ import annotations

import re

MAX_TEXT = 4000
INVISIBLE = r"\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"  # direction and width tricks
CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{INVISIBLE}]")


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """The text without control or direction characters, and of bounded length."""
    cut = text[:limit].encode("utf-8", "replace").decode("utf-8")
    cut = CONTROL.sub("\N{REPLACEMENT CHARACTER}", cut.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4))
    return cut if len(text) <= limit else f"{cut}\n… (cut off, {len(text)} characters in all)"


def decoded(path: str) -> str:
    """A path as text: of a name whose bytes are not UTF-8 (Python keeps such bytes as lone surrogates), each is taken
    for a letter of Windows-1252. A name that is text stays as it is."""
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
    """The same in one line."""
    return " ".join(clean(text, limit).split())
