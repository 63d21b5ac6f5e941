"""Markdown with TeX between dollar signs, to well-formed HTML; a target chooses how it shows TeX."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

Math = Callable[[str, bool], str]
"""From TeX, and whether it stands on a line of its own, to HTML."""

_TEX = re.compile(r"\$\$(?P<display>[^$]+)\$\$|\$(?! )(?P<inline>(?:[^$\\]|\\.)+?)(?<! )\$(?!\d)", re.DOTALL)
_PLAIN = re.compile(r"[^\\`*_\[\]<>&$|#~!\n\"]*")
_LIST = re.compile(r"\s|[-+]|\d+[.)]")


def in_brackets(tex: str, display: bool) -> str:
    r"""TeX as MathJax finds it in a page: \( … \), or \[ … \] on a line of its own."""
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return left + escape(tex, quote=False) + right


@cache
def paragraphs(text: str, math: Math) -> str:
    """Markdown to block elements."""
    if _PLAIN.fullmatch(text) and not _LIST.match(text):
        return f"<p>{text}</p>"
    html: str = _parser(math).render(text)
    return html.strip()


@cache
def inline(text: str, math: Math) -> str:
    """One line of Markdown, without a paragraph around it."""
    if _PLAIN.fullmatch(text):
        return text
    html: str = _parser(math).renderInline(text)
    return html


@cache
def _parser(math: Math) -> Any:
    """CommonMark with tables and math. HTML in the text is shown as it is written, and so is x[i](t): no links."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["link", "image", "autolink", "reference"])
    parser.inline.ruler.before("escape", "math", _find_tex)

    def show(renderer: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
        return math(tokens[at].content, tokens[at].markup == "$$")

    parser.add_render_rule("math", show)
    return parser


def _find_tex(state: Any, silent: bool) -> bool:
    found = _TEX.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("math", "math", 0)
        token.content, token.markup = found["display"] or found["inline"], "$$" if found["display"] else "$"
    state.pos = found.end()
    return True


def tokens(text: str) -> list[Any]:
    """As markdown-it's block tokens; a token `math` has TeX as content and its dollar signs as markup."""
    found: list[Any] = _parser(in_brackets).parse(text)
    return found


def inline_tokens(text: str) -> list[Any]:
    """The same of one line, without a paragraph around it."""
    found: list[Any] = _parser(in_brackets).parseInline(text)[0].children
    return found
