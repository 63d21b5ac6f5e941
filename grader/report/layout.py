"""Paragraphs in the terminal: wrapped to it with hanging indents; unwrapped where the output goes elsewhere."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console
    from rich.text import Text

PLAIN = str.maketrans({
    "✓": "+", "✗": "x", "–": "-", "→": ">", "·": "|", "×": "x", "−": "-", "…": ".", "\u00a0": " ", "⋆": "*", "≈": "~",
    "“": '"', "”": '"', "≤": "<=", "≥": ">=", "²": "^2", "³": "^3", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")",
    "█": "#", "░": ".", **dict.fromkeys("⎡⎢⎣", "["), **dict.fromkeys("⎤⎥⎦", "]"),
    "°": " degrees", "±": "+-", "≠": "!=", "√": "sqrt ", "←": "<", "∞": "inf", "½": "1/2", "¼": "1/4", "∂": "d",
    "Σ": "sum ", "∑": "sum ", "∏": "prod ", "⁻": "^-", "ⁿ": "^n", "¹": "^1", "⁰": "^0", "⁴": "^4", "⁵": "^5", "⁶": "^6",
    "⁷": "^7", "⁸": "^8", "⁹": "^9", "₀": "0", "₁": "1", "₂": "2", "₃": "3", "ₙ": "n", "α": "alpha", "β": "beta",
    "γ": "gamma", "δ": "delta", "ε": "eps", "η": "eta", "θ": "theta", "λ": "lambda", "μ": "mu", "µ": "mu", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "Δ": "Delta", "Φ": "Phi", "Ω": "Omega",
})  # fmt: skip
NARROWEST = 20
KEPT = "\ue000"  # a space at which rich breaks no line; it takes a no-break space for any other

Span = tuple[str, str]  # text and its style


class TextLine(NamedTuple):
    """A paragraph and how far its lines are indented; `label` stands in the indent of the first."""

    text: tuple[Span, ...] = ()
    indent: int = 0
    label: tuple[Span, ...] = ()


def line(text: str, style: str = "", indent: int = 0) -> TextLine:
    """A paragraph in one style."""
    return TextLine(((text, style),), indent)


def print_lines(lines: Iterable[TextLine]) -> None:
    """To stdout, in colour where it is a terminal; an empty line at the end sets it apart from the next."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if sys.stdout.isatty():
        from rich.console import Console

        console = Console(highlight=False)
        print_wrapped(lines, console)
        console.print()
        return
    text = lines_to_text(lines)
    speaks_utf8 = (sys.stdout.encoding or "").lower().startswith("utf")
    print(text if speaks_utf8 else text.translate(PLAIN), flush=True)  # not every pipe speaks UTF-8


def lines_to_text(lines: Iterable[TextLine]) -> str:
    """The same as plain text, each paragraph a line, without rich: nothing has to be measured."""
    return "".join(f"{row}\n" for paragraph in lines for row in _unwrapped(paragraph))


def _unwrapped(paragraph: TextLine) -> Iterator[str]:
    label = _plain(paragraph.label)
    for row in _plain(paragraph.text).split("\n"):
        yield f"{label}{' ' * max(paragraph.indent - len(label), 0)}{row}".rstrip()
        label = ""


def _plain(spans: tuple[Span, ...]) -> str:
    return "".join(text for text, _ in spans)


def print_wrapped(lines: Iterable[TextLine], console: Console) -> None:
    """To a terminal: wrapped to its width, with hanging indents."""
    for paragraph in lines:
        for text in _wrapped(paragraph, console):
            console.print(text, soft_wrap=True)


def _wrapped(paragraph: TextLine, console: Console) -> Iterator[Text]:
    from rich.text import Text

    label = Text.assemble(*paragraph.label)
    for part in Text.assemble(*paragraph.text).wrap(console, max(console.width - paragraph.indent, NARROWEST)):
        part.rstrip()
        gap = " " * max(paragraph.indent - label.cell_len, 0) if part.plain or label.plain else ""
        whole = Text.assemble(label, gap, part)
        if not console.encoding.lower().startswith("utf"):
            whole.plain = whole.plain.translate(PLAIN)
        yield whole
        label = Text()
