"""Markdown with TeX, as questions are written, for readers of a terminal: Unicode, and matrices as blocks."""

from __future__ import annotations

import re
import unicodedata

from .layout import KEPT, TextLine, line

_MATH = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
_MATRIX = re.compile(r"\\begin\{[bpv]?matrix\}(.*?)\\end\{[bpv]?matrix\}", re.DOTALL)
_PIECE = re.compile(r"(```.*?```|`[^`]*`)|" + _MATH.pattern, re.DOTALL)
_FRACTION = r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"
_FACTOR = r"(?=\s*(?:\\(?:sum|prod|partial|frac|sqrt|Big|left)|[A-Za-z(∑∏]))"  # of the fraction before it
_BLOCK = "\x00"
_WORDS = {
    "cdot": "·", "times": "×", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "approx": "≈", "ne": "≠", "neq": "≠",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "sum": "∑", "prod": "∏", "partial": "∂", "nabla": "∇",
    "infty": "∞", "to": "→", "rightarrow": "→", "mapsto": "↦", "star": "⋆", "ast": "∗", "odot": "⊙", "otimes": "⊗",
    "oplus": "⊕", "in": "∈", "pm": "±", "equiv": "≡", "propto": "∝", "dots": "…", "ldots": "…", "cdots": "⋯",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η", "theta": "θ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "omega": "ω",
    "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω", "quad": "  ", "qquad": "    ", "left": "", "right": "",
    "displaystyle": "", "big": "", "Big": "", "bigg": "", "Bigg": "",
}  # fmt: skip
_UP = dict(zip("0123456789+-=()nixkTt", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣᵏᵀᵗ", strict=True))
_DOWN = dict(zip("0123456789+-=()aeiklmnoprstux", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢₖₗₘₙₒₚᵣₛₜᵤₓ", strict=True))
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7"}


def lines(text: str, indent: int = 0, label: str = "") -> list[TextLine]:
    """Paragraphs for the terminal; the label stands before the first."""
    blocks: list[list[str]] = []
    flat = _MATH.sub(lambda found: _math(found[1] or found[2], blocks), text)
    rows: list[TextLine] = []
    for number, part in enumerate(re.split(f"{_BLOCK}", _unmarked(flat))):
        if number:
            rows += [line(row, indent=indent + 4) for row in blocks[number - 1]]
        words = part.strip() if not number else part.strip(" ,;\n").removeprefix(". ")
        if number and number < len(blocks) and not words.strip(" ."):
            rows.append(line(""))  # two matrices after each other
        rows += [line(word, indent=indent) for word in words.split("\n\n") if word.strip(" .")]
    if not label:
        return rows
    starts = bool(rows) and rows[0].indent == indent  # and not with a matrix
    spans = rows[0].text if starts else ()
    return [TextLine(spans, indent, ((label, "bold"),)), *rows[starts:]]


def markdown(text: str) -> str:
    """The same Markdown with its formulas in Unicode: a matrix in a sentence as [1 0; 0 1], one alone as a block.

    Spaces in code, such as a signature's, are written as `layout.KEPT`, so that a line is not broken there; but in a
    table, which is cut where its words are too long for it.
    """
    return _PIECE.sub(_in_markdown, text)


def _in_markdown(found: re.Match[str]) -> str:
    code, display, inline = found.groups()
    if code:
        return code if code.startswith("```") or _is_in_table(found) else code.replace(" ", KEPT)
    blocks: list[list[str]] = []
    if not inline and _math(display.strip(), blocks) == _BLOCK:
        rows = ["```text", *blocks[0], "```"]
    else:
        tex = " ".join(_MATRIX.sub(_in_a_row, inline or display).split())
        rows = [re.sub(r"([\\`*_\[\]<>~&#])", r"\\\1", formula(tex))]
    if inline:
        return rows[0]
    before = found.string[: found.start()].rpartition("\n")[2]
    margin = "\n" + " " * len((re.match(r"\s*(?:(?:[-*+]|\d+\.)\s+)?", before) or before)[0])
    return "\n" + "".join(margin + row for row in rows) + "\n" + margin


def _is_in_table(found: re.Match[str]) -> bool:
    """Whether this piece stands in a row of a table."""
    return found.string[: found.start()].rpartition("\n")[2].startswith("|")


def _in_a_row(found: re.Match[str]) -> str:
    rows = (" ".join(formula(cell) for cell in row.split("&")) for row in found[1].split(r"\\"))
    return f"[{'; '.join(rows)}]"


def _math(tex: str, blocks: list[list[str]]) -> str:
    def matrix(found: re.Match[str]) -> str:
        rows = [[formula(cell) for cell in row.split("&")] for row in found[1].split(r"\\")]
        if len(rows) == 1:
            return f"[{'  '.join(rows[0])}]"
        blocks.append(_drawn(rows))
        return _BLOCK

    return formula(_MATRIX.sub(matrix, tex))


def _drawn(rows: list[list[str]]) -> list[str]:
    """A matrix with brackets, its columns flush right."""
    columns = max(map(len, rows))
    rows = [row + [""] * (columns - len(row)) for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(columns)]
    bodies = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lefts, rights = (f"{top}{middle * (len(rows) - 2)}{end}" for top, middle, end in ("⎡⎢⎣", "⎤⎥⎦"))
    # no-break spaces: a matrix is not wrapped, and its spaces count
    return [f"{a} {body} {b}".replace(" ", "\u00a0") for a, body, b in zip(lefts, bodies, rights, strict=True)]


def formula(tex: str) -> str:
    r"""One line of TeX in Unicode: \lfloor 11/3 \rfloor = 3 gives ⌊11/3⌋ = 3. What it does not know stays readable."""
    text = re.sub(r"\\(?:text|mathrm|mathbf|mathit|operatorname|mathcal|bm)\*?\s*\{([^{}]*)\}", r"\1", tex)
    text = re.sub(r"\\[,;:! ]", " ", text).replace(r"\\", " ")
    before = None
    while before != text:  # from the innermost braces outwards
        before = text
        text = re.sub(_FRACTION + _FACTOR, lambda m: f"({_group(m[1])}/{_below(m[2])})", text)
        text = re.sub(_FRACTION, lambda m: f"{_group(m[1])}/{_below(m[2])}", text)
        text = re.sub(r"\\sqrt\s*\{([^{}]*)\}", lambda m: f"√{_group(m[1])}", text)
        text = re.sub(r"\\(hat|bar|tilde|vec)\s*\{?(\w)\}?", lambda m: m[2] + _ACCENTS[m[1]], text)
        text = re.sub(r"([\^_])(?:\{([^{}]*)\}|(\w))", lambda m: _script(m[1], m[2] or m[3] or ""), text)
    text = re.sub(r"\\([A-Za-z]+)", lambda m: _WORDS.get(m[1], m[1]), text)
    text = re.sub(r"(?<!\\)[{}]", "", text)
    text = re.sub(r"\\([%{}$&#_])", r"\1", text)
    text = re.sub(r"([⌊⌈]) +| +([⌋⌉])", r"\1\2", text)
    text = re.sub(r" {2,}", " ", text.replace("ˆ", "^").replace("﹍", "_")).strip()
    return unicodedata.normalize("NFC", text)


def _group(text: str) -> str:
    return text if re.fullmatch(r"\\?\w+", text.strip()) else f"({text.strip()})"


def _below(text: str) -> str:
    """A denominator: of several letters, it may be a product."""
    return f"({text.strip()})" if re.fullmatch(r"[A-Za-z]{2,}", text.strip()) else _group(text)


def _script(sign: str, text: str) -> str:
    known = _UP if sign == "^" else _DOWN
    if all(c in known for c in text):
        return "".join(known[c] for c in text)
    # braces and signs would be found again: a plain sign that the loop does not know
    return f"{'ˆ' if sign == '^' else '﹍'}{_group(text)}"


def _unmarked(text: str) -> str:
    """Without Markdown's marks for code, strong and emphasised words."""
    text = re.sub(r"`([^`]*)`", r"\1", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text)
    text = re.sub(r"(?<![\w*])\*(?![\s*])([^*]+?)(?<!\s)\*(?![\w*])", r"\1", text)
    return text
