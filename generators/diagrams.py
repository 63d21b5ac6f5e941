"""Drawings of networks: chains of layers, residual blocks, parallel branches, the pyramid of a receptive field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .authoring import Picture
from .pictures import MARK, Block, above, beside, letters, lines, moved, picture, text_width, word

BOX, GAP = 28, 14


def box(text: str, width: float = 0) -> Block:
    """A layer."""
    width = max(width, text_width(text) + 14)
    frame = f'<rect width="{width:g}" height="{BOX}" rx="5" fill="none" stroke="currentColor"/>'
    return Block(frame + letters(text, width / 2, BOX / 2), width, BOX)


def down(length: float = GAP) -> Block:
    """An arrow downwards."""
    head = f'<path d="M0 {length - 7:g}h10l-5 7z"/>'
    return Block(lines(f"M5 0v{length - 6:g}") + head, 10, length)


def flow(*blocks: Block) -> Block:
    """From top to bottom with arrows between."""
    parts = [part for block in blocks for part in (down(), block)][1:]
    return above(*parts, gap=2)


def chain(layers: Sequence[str], notes: Sequence[str] = (), start: str = "input") -> Picture:
    """Layers below each other; a note (a shape, or "?" where one is asked for) stands right of its layer."""
    width = max(map(text_width, layers)) + 14
    shown, step = flow(word(start), *[box(layer, width) for layer in layers]), BOX + GAP + 4
    beside_it = "".join(letters(note, shown.width + 10, 20 + GAP + 4 + k * step + BOX / 2,
                                ' text-anchor="start" font-weight="bold"') for k, note in enumerate(notes) if note)
    side = 1.15 * max(map(text_width, notes)) + 12 if notes else 0
    said = [f"{layer}, {_asked(note)}" if note else layer
            for layer, note in zip(layers, notes or [""] * len(layers), strict=True)]  # fmt: skip
    block = Block(shown.svg + beside_it, shown.width + side, shown.height)
    return picture(block, f"A chain of layers. From {start}: {'; '.join(said)}.")


def _asked(note: str) -> str:
    return "whose output is asked for" if note == "?" else f"whose output is {note}"


def columns(**stacks: Sequence[str]) -> Picture:
    """Stacks of layers beside each other, each under its name."""
    drawn = [flow(word(name.replace("_", " "), bold=True), *map(box, layers)) for name, layers in stacks.items()]
    drawn = [Block(block.svg, block.width, max(b.height for b in drawn)) for block in drawn]
    said = [f"{name.replace('_', ' ')}: {', then '.join(layers)}" for name, layers in stacks.items()]
    return picture(beside(*drawn, gap=20), f"Stacks of layers beside each other. {'. '.join(said)}.")


def residual(branch: Sequence[str], shortcut: str = "identity", repeated: str = "") -> Picture:
    """A block whose branch and shortcut come from x and are added to y; `repeated`: a remark on how often."""
    shown, side = flow(*map(box, branch)), max(BOX, text_width(shortcut) + 14)
    middle, right, top = shown.width / 2, shown.width + 22 + side / 2, 30 + GAP
    end = top + shown.height
    half = (top + end) / 2
    block = Block("".join((
        letters("x", middle, 10), lines(f"M{middle:g} 22V{top - 6:g}M{middle:g} 32H{right:g}V{half - 15:g}"),
        lines(f"M{right:g} {half + 15:g}V{end + 30:g}H{middle + 18:g}"), _head(middle + 12, end + 30, turn=90),
        _head(middle, top), moved(shown, 0, top), moved(box(shortcut, side), right - side / 2, half - 15),
        lines(f"M{middle:g} {end:g}V{end + 12:g}M{middle:g} {end + 42:g}V{end + 52:g}"), _head(middle, end + 18),
        moved(_plus(), middle - 12, end + 18), _head(middle, end + 58), letters("y", middle, end + 68),
    )), right + side / 2, end + 78)  # fmt: skip
    alt = (f"The input x goes two ways: through {', then '.join(branch)}, and through the shortcut ({shortcut}). "
           "Both are added and give y." + f" {repeated[:1].upper()}{repeated[1:]}." * bool(repeated))  # fmt: skip
    return picture(above(block, word(repeated)) if repeated else block, alt)


def _plus() -> Block:
    """The addition of a residual block."""
    ring = '<circle cx="12" cy="12" r="11" fill="none" stroke="currentColor"/>'
    return Block(ring + lines("M12 5v14M5 12h14"), 24, 24)


def _head(x: float, y: float, turn: int = 0) -> str:
    """The head of an arrow that ends at (x, y): downwards, or to the left when turned."""
    return f'<path d="M-5 -7h10l-5 7z" transform="translate({x:g} {y:g}) rotate({turn})"/>'


def branches(*stacks: Sequence[str], start: str, end: str) -> Picture:
    """Parallel branches from one input to one output."""
    width = max(text_width(layer) for stack in stacks for layer in stack) + 6
    depth = max(map(len, stacks))
    drawn = [_branch(stack, depth, width) for stack in stacks]
    total = len(stacks) * (width + 6) - 6
    said = [f"{', then '.join(stack)}" for stack in stacks]
    alt = f"{len(stacks)} parallel branches from {start} to {end}: {'; '.join(said)}."
    return picture(above(box(start, total), beside(*drawn, gap=6), box(end, total), gap=2), alt)


def _branch(layers: Sequence[str], depth: int, width: float) -> Block:
    """Layers at the upper end, then a long arrow."""
    rest = GAP + (depth - len(layers)) * (BOX + GAP + 4)
    parts = [part for layer in layers for part in (down(), box(layer, width))]
    return above(*parts, down(rest), gap=2)


ROW, UNIT = 56, 24


def pyramid(F: Sequence[int]) -> Picture:
    """One output unit, the window that it sees one layer below (marked), and question marks further down."""
    n, names = len(F), [*(f"layer {k}" for k in range(len(F), 0, -1)), "input"]
    units, half = max(F) + 2 + (max(F) - F[-1]) % 2, UNIT * max(max(F) / 2 + 1.5, F[-1] / 2 + n - 1)
    middle = 66 + half
    parts = [letters(name, 28, k * ROW + UNIT / 2) for k, name in enumerate(names)]
    parts += [_units(middle, 0, 1, 1), _units(middle, ROW, units, F[-1]), _cone(middle, 0, 1, F[-1])]
    parts += [_cone(middle, k - 1, F[-1] + 2 * (k - 2), F[-1] + 2 * (k - 1), ' stroke-dasharray="4 4"')
              + letters("?", middle, k * ROW + UNIT / 2) for k in range(2, n + 1)]  # fmt: skip
    alt = f"One unit of {names[0]} sees {F[-1]} neighbouring units of {names[1]}, which are marked."
    more = f" How much of {' and of '.join(names[2:])} these see is left open." if names[2:] else ""
    return picture(Block("".join(parts), middle + half, n * ROW + UNIT), alt + more.replace("of input", "of the input"))


def _units(middle: float, y: float, count: int, marked: int) -> str:
    """A row of units, those in the middle marked."""
    left, first = middle - count * UNIT / 2, (count - marked) // 2
    return "".join(
        f'<rect x="{left + k * UNIT:g}" y="{y}" width="{UNIT}" height="{UNIT}" stroke="currentColor" '
        + (f'fill="{MARK}" fill-opacity="0.35"/>' if first <= k < first + marked else 'fill="none"/>')
        for k in range(count)
    )


def _cone(middle: float, row: int, above: int, below: int, extra: str = "") -> str:
    """Lines from the edges of what is seen in this row to those in the next."""
    y, drop = row * ROW + UNIT, ROW - UNIT
    left = f"M{middle - above * UNIT / 2:g} {y}L{middle - below * UNIT / 2:g} {y + drop}"
    return lines(f"{left}M{middle + above * UNIT / 2:g} {y}L{middle + below * UNIT / 2:g} {y + drop}", extra)


def mlp(*widths: int) -> Picture:
    """Layers of units from left to right, each joined with all of the next."""
    apart, drop, tall = 110, 56, max(widths)
    places = [[(20 + k * apart, 20 + (i + (tall - n) / 2) * drop) for i in range(n)] for k, n in enumerate(widths)]
    joints = "".join(f"M{x:g} {y:g}L{u:g} {v:g}" for left, right in pairwise(places)
                     for x, y in left for u, v in right)  # fmt: skip
    units = "".join(f'<circle cx="{x:g}" cy="{y:g}" r="14" fill="{MARK}" fill-opacity="0.35" stroke="currentColor"/>'
                    for layer in places for x, y in layer)  # fmt: skip
    said = ", ".join(map(str, widths))
    drawn = lines(joints, ' stroke-opacity="0.6"') + units
    block = Block(drawn, 40 + apart * (len(widths) - 1), 40 + drop * (tall - 1))
    return picture(block, f"Layers of {said} units from left to right, each unit joined with all of the next layer.")
