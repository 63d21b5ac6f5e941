"""pandoc's document model: Markdown texts as its blocks, and its writers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from . import needed
from .rich_text import inline_tokens, tokens
from .tex import grouped

Node = dict[str, Any]
NO_ATTRIBUTES: list[Any] = ["", [], []]


def write(blocks: list[Node], to: str, folder: Path) -> bytes:
    """The document in this format of pandoc's; pictures are found in the folder."""
    document = json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})
    pandoc = needed("pypandoc", "documents").get_pandoc_path()
    command = [pandoc, "-f", "json", "-t", to, "--wrap=none", "-o", "-"]
    done = subprocess.run(command, input=document.encode(), capture_output=True, cwd=folder, check=False)
    if done.returncode:
        raise RuntimeError(f"pandoc: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def element(kind: str, *content: Any) -> Node:
    """A node. pandoc writes a single field without a list around it, and leaves out empty content."""
    return {"t": kind} | ({"c": content[0] if len(content) == 1 else list(content)} if content else {})


def words(text: str) -> list[Node]:
    """Plain text: nothing in it is markup."""
    found: list[Node] = []
    for word in text.split(" "):
        found += [element("Str", word), element("Space")] if word else [element("Space")]
    return found[:-1]


def para(*inlines: Node) -> Node:
    """A paragraph."""
    return element("Para", list(inlines))


def heading(level: int, *inlines: Node) -> Node:
    """A heading; it stays with what follows."""
    return element("Header", level, NO_ATTRIBUTES, list(inlines))


def strong(text: str) -> Node:
    """Plain text in bold."""
    return element("Strong", words(text))


def line(text: str) -> list[Node]:
    """One line of Markdown as inlines."""
    from markdown_it.tree import SyntaxTreeNode

    return _inlines(SyntaxTreeNode(inline_tokens(text)))


def blocks(text: str) -> list[Node]:
    """Markdown as blocks."""
    from markdown_it.tree import SyntaxTreeNode

    return _blocks(SyntaxTreeNode(tokens(text)))


def bullets(lines: list[list[Node]]) -> Node:
    """A list of lines."""
    return element("BulletList", [[element("Plain", entry)] for entry in lines])


def _inlines(parent: Any) -> list[Node]:
    return [node for child in parent.children for node in _inline(child)]


def _inline(node: Any) -> list[Node]:
    match node.type:
        case "text":
            return words(node.content)
        case "math":
            style = "DisplayMath" if node.markup == "$$" else "InlineMath"
            return [element("Math", element(style), grouped(node.content))]
        case "code_inline":
            return [element("Code", NO_ATTRIBUTES, node.content)]
        case "softbreak" | "hardbreak":
            return [element("SoftBreak" if node.type == "softbreak" else "LineBreak")]
        case "em" | "strong":
            return [element("Emph" if node.type == "em" else "Strong", _inlines(node))]
    return _inlines(node) if node.children else words(node.content)  # the text of links and images


def _blocks(parent: Any) -> list[Node]:
    return [node for child in parent.children for node in _block(child)]


def _block(node: Any) -> list[Node]:
    match node.type:
        case "paragraph":
            return [para(*_inlines(node.children[0]))]
        case "heading":
            return [para(element("Strong", _inlines(node.children[0])))]
        case "bullet_list":
            return [element("BulletList", [_blocks(item) for item in node.children])]
        case "ordered_list":
            style = [int(node.attrs.get("start", 1)), element("Decimal"), element("Period")]
            return [element("OrderedList", style, [_blocks(item) for item in node.children])]
        case "fence" | "code_block":
            return [element("CodeBlock", NO_ATTRIBUTES, node.content.rstrip("\n"))]
        case "blockquote":
            return [element("BlockQuote", _blocks(node))]
        case "table":
            return [_table(node)]
    return [element("HorizontalRule")]


def _table(node: Any) -> Node:
    head, *bodies = [[_row(row) for row in part.children] for part in node.children]
    columns = [[element("AlignDefault"), element("ColWidthDefault")] for _ in head[0][1]]
    body = [[NO_ATTRIBUTES, 0, [], rows] for rows in bodies]
    return element("Table", NO_ATTRIBUTES, [None, []], columns, [NO_ATTRIBUTES, head], body, [NO_ATTRIBUTES, []])


def _row(node: Any) -> list[Any]:
    cells = [[NO_ATTRIBUTES, element("AlignDefault"), 1, 1, [element("Plain", _inlines(cell.children[0]))]]
             for cell in node.children]  # fmt: skip
    return [NO_ATTRIBUTES, cells]
