"""Drawings for questions as SVG: matrices with a window, side by side or one above the other.

A drawing is put together from blocks. All lines and letters are `currentColor`, so that it follows the page into dark
mode and into print; what is marked has a frame in a colour that is visible on both, and is filled lightly. Drawings
stay about as wide as a telephone. They hold what the prompt says and never the key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .arrays import Rows
from .authoring import Picture, number

SIZE, CELL, MARK = 15, 32, "#1c7ed6"
Window = tuple[int, int, int, int]
"""Top row, left column, height and width of what is marked."""


@dataclass(frozen=True, slots=True)
class Block:
    """SVG elements in a box of this size whose upper left corner is the origin."""

    svg: str
    width: float
    height: float


def picture(block: Block, alt: str) -> Picture:
    """The finished drawing; `alt` tells in words all that it shows."""
    width, height = round(block.width + 8), round(block.height + 8)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label={quoteattr(alt)} style="max-width:100%;height:auto" fill="currentColor" '
        f'font-family="system-ui, sans-serif" font-size="{SIZE}" text-anchor="middle">{block.svg}</svg>'
    )
    return Picture(svg, alt)


def moved(block: Block, x: float, y: float) -> str:
    """The block's elements with their corner at (x, y)."""
    return f'<g transform="translate({x:g} {y:g})">{block.svg}</g>'


def letters(text: str, x: float, y: float, extra: str = "") -> str:
    """Text whose middle is at (x, y)."""
    return f'<text x="{x:g}" y="{y + 0.35 * SIZE:g}"{extra}>{escape(text)}</text>'


def lines(path: str, extra: str = "") -> str:
    """Lines along an SVG path."""
    return f'<path d="{path}" fill="none" stroke="currentColor"{extra}/>'


def word(text: str, *, bold: bool = False) -> Block:
    """One line of text."""
    width = text_width(text)
    return Block(letters(text, width / 2, 10, ' font-weight="bold"' if bold else ""), width, 20)


def operator(sign: str) -> Block:
    """A sign between two blocks."""
    return Block(letters(sign, 8, 12, ' font-size="26"'), 16, 20)


def text_width(text: str) -> float:
    """About how wide a line of text is (digits and letters have different widths; this is a little generous)."""
    return 0.58 * SIZE * len(text) + 2


def beside(*blocks: Block, gap: float = 10) -> Block:
    """From left to right, middles on one line."""
    height, x, parts = max(block.height for block in blocks), 0.0, []
    for block in blocks:
        parts.append(moved(block, x, (height - block.height) / 2))
        x += block.width + gap
    return Block("".join(parts), x - gap, height)


def above(*blocks: Block, gap: float = 4) -> Block:
    """From top to bottom, middles on one line."""
    width, y, parts = max(block.width for block in blocks), 0.0, []
    for block in blocks:
        parts.append(moved(block, (width - block.width) / 2, y))
        y += block.height + gap
    return Block("".join(parts), width, y - gap)


def grid(rows: Sequence[Sequence[Any]], *windows: Window) -> Block:
    """A matrix as cells; windows are marked."""
    texts = [[number(entry) for entry in row] for row in rows]
    height, width = len(rows), len(rows[0])
    cells = [letters(text, (j + 0.5) * CELL, (i + 0.5) * CELL)
             for i, row in enumerate(texts) for j, text in enumerate(row)]  # fmt: skip
    frame = "".join(f"M0 {i * CELL}h{width * CELL}" for i in range(height + 1))
    frame += "".join(f"M{j * CELL} 0v{height * CELL}" for j in range(width + 1))
    marks = "".join(_mark(window) for window in windows)
    return Block(lines(frame, ' stroke-opacity="0.6"') + marks + "".join(cells), width * CELL, height * CELL)


def _mark(window: Window) -> str:
    top, left, height, width = (side * CELL for side in window)
    return (f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{MARK}" fill-opacity="0.18" '
            f'stroke="{MARK}" stroke-width="3"/>')  # fmt: skip


def named(name: str, block: Block) -> Block:
    """A name above a block."""
    return above(word(name, bold=True), block)


def spoken(name: str, rows: Sequence[Sequence[Any]]) -> str:
    """A matrix in words: "X has the rows 1, 2; 3, 4."."""
    said = "; ".join(", ".join(number(entry) for entry in row) for row in rows)
    return f"{name} has the row{'s' * (len(rows) > 1)} {said}."


def correlation(
    X: Rows, K: Rows, names: tuple[str, str] = ("X", "K"), *, at: tuple[int, int] = (0, 0)
) -> Picture:
    """A filter beside its input (below it where the input is one row); the window whose corner is `at` is marked."""
    place = above if len(X) == 1 else beside
    block = place(named(names[0], _window(X, K, at)), operator("⋆"), named(names[1], grid(K)))
    corner = f"column {at[1]}" if len(X) == 1 else f"row {at[0]} and column {at[1]}"
    where = f"The window that {names[1]} meets from {corner} of {names[0]} on, counted from 0, is marked."
    return picture(block, f"{spoken(names[0], X)} {spoken(names[1], K)} {where}")


def taps(x: Sequence[Any], f: Sequence[Any], D: int, at: int) -> Picture:
    """A row above a dilated filter; what its weights meet when it starts at entry `at` is marked."""
    hit = [at + k * D for k in range(len(f))]
    block = above(named("x", grid([x], *[(0, i, 1, 1) for i in hit])), operator("⋆"), named("f", grid([f])))
    alt = f"{spoken('x', [x])} {spoken('f', [f])} Marked in x are the entries {', '.join(map(str, hit))}, from 0."
    return picture(block, alt)


def _window(X: Rows, K: Rows, at: tuple[int, int]) -> Block:
    """An input on which one of the filter's windows is marked."""
    return grid(X, (*at, len(K), len(K[0])))


def channels(X: Sequence[Rows], K: Sequence[Rows], at: tuple[int, int] = (0, 0)) -> Picture:
    """Each channel of an input with its slice of the filter; the same window is marked in all channels."""
    drawn, said = [], []
    for c, (x, k) in enumerate(zip(X, K, strict=True), 1):
        drawn.append(beside(named(f"X{_sub(c)}", _window(x, k, at)), operator("⋆"), named(f"K{_sub(c)}", grid(k))))
        said.append(f"{spoken(f'X{_sub(c)}', x)} {spoken(f'K{_sub(c)}', k)}")
    alt = " ".join([*said, f"The window from row {at[0]} and column {at[1]} on is marked in every channel."])
    return picture(above(*drawn, gap=10), alt)


def matrices(marks: Mapping[str, Window] | None = None, /, **named_rows: Rows) -> Picture:
    """Matrices side by side under their names; `marks`: a window of some of them."""
    marks = marks or {}
    drawn = [named(name, grid(rows, *([marks[name]] if name in marks else []))) for name, rows in named_rows.items()]
    said = [spoken(name, rows) for name, rows in named_rows.items()]
    said += [f"In {name} a part is marked: {_spoken_window(window)}." for name, window in marks.items()]
    return picture(beside(*drawn, gap=24), " ".join(said))


def _spoken_window(window: Window) -> str:
    top, left, height, width = window
    rows = f"rows {top} to {top + height - 1}" if height > 1 else f"row {top}"
    columns = f"columns {left} to {left + width - 1}" if width > 1 else f"column {left}"
    return f"{rows}, {columns}, counted from 0"


def pooled(X: Rows, F: int, S: int) -> Picture:
    """The input of a pooling layer; the last window is marked."""
    at = (len(X) - F) // S * S
    alt = f"{spoken('X', X)} The last {F}×{F} window, at the lower right, is marked; the stride is {S}."
    return picture(grid(X, (at, at, F, F)), alt)


def pooled_backward(X: Rows, dout: Rows) -> Picture:
    """The input of 2×2 pooling with its windows, beside the gradient of its output."""
    windows = [(i, j, 2, 2) for i in range(0, len(X), 2) for j in range(0, len(X[0]), 2)]
    block = beside(named("X", grid(X, *windows)), named("dout", grid(dout)), gap=24)
    return picture(block, f"{spoken('X', X)} Its 2×2 windows are framed. {spoken('dout', dout)}")


def maps(**stacks: Sequence[Rows]) -> Picture:
    """Stacks of maps of equal number, one row for each place in the stack: maps(A=…, G=…) names them A₁, G₁, …"""
    rows = list(zip(*stacks.values(), strict=True))
    drawn = [beside(*[named(f"{name}{_sub(k)}", grid(m)) for name, m in zip(stacks, row, strict=True)], gap=24)
             for k, row in enumerate(rows, 1)]  # fmt: skip
    said = [spoken(f"{name}{_sub(k)}", m) for k, row in enumerate(rows, 1)
            for name, m in zip(stacks, row, strict=True)]  # fmt: skip
    return picture(above(*drawn, gap=8), " ".join(said))


def _sub(index: int) -> str:
    return "₀₁₂₃₄₅₆₇₈₉"[index]


def boxes(**named_boxes: Sequence[int]) -> Picture:
    """Rectangles (left, top, right, bottom) on squared paper, each with its name in a corner."""
    width, height = (max(box[i] for box in named_boxes.values()) + 1 for i in (2, 3))
    unit = min(24, 420 / max(width, height))
    paper = "".join(f"M{i * unit:g} 0v{height * unit:g}" for i in range(width + 1))
    paper += "".join(f"M0 {i * unit:g}h{width * unit:g}" for i in range(height + 1))
    parts, corners = [lines(paper, ' stroke-opacity="0.2"')], list[tuple[int, int]]()
    for name, (left, top, right, bottom) in named_boxes.items():
        x, y, w, h = (side * unit for side in (left, top, right - left, bottom - top))
        frame = (f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{MARK}" fill-opacity="0.12" '
                 f'stroke="{MARK}" stroke-width="2"/>')  # fmt: skip
        before = corners.count((left, top))
        corners.append((left, top))
        parts.append(frame + letters(name, x + 9 + 12 * before, y + 11, ' font-weight="bold"'))
    said = [f"{name} from {b[0]} to {b[2]} across and from {b[1]} to {b[3]} down" for name, b in named_boxes.items()]
    return picture(Block("".join(parts), width * unit, height * unit), f"Boxes on squared paper: {'; '.join(said)}.")
