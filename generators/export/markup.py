"""XML as text: escaped by construction, and fast."""

from __future__ import annotations

import re
from html import escape

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(name: str, /, *content: str, **attributes: object) -> str:
    """An element around markup. A trailing _ of an attribute's name is dropped, __ stands for a colon."""
    head = "".join(f' {key.rstrip("_").replace("__", ":")}="{text(str(value))}"' for key, value in attributes.items())
    body = "".join(content)
    return f"<{name}{head}>{body}</{name}>" if body else f"<{name}{head}/>"


def text(plain: str) -> str:
    """Plain text as character data or an attribute's value."""
    return escape(legal(plain))


def legal(content: str) -> str:
    """Without the characters that XML forbids."""
    return _FORBIDDEN.sub("", content)


def cdata(markup: str) -> str:
    """Markup as character data that a person can still read."""
    clean = legal(markup)
    return f"<![CDATA[{clean.replace(']]>', ']]]]><![CDATA[>')}]]>" if re.search("[<>&]", clean) else clean
