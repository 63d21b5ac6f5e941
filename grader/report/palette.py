"""The heat maps' colours: from blue (below zero) to orange (above), on light and on dark paper."""

from __future__ import annotations

STEPS = 9  # shades on each side of zero
SHADES = [*(f"n{i}" for i in range(STEPS, 0, -1)), "z", *(f"p{i}" for i in range(1, STEPS + 1))]

# zero, far below, far above
LIGHT = ("#f0efeb", "#1d5ca6", "#b5431a")
DARK = ("#262b31", "#7db7ff", "#ffa070")


def palette(anchors: tuple[str, str, str]) -> dict[str, tuple[str, str]]:
    """Each shade's paper and ink; the ink is black or white, whichever is read better."""
    zero, low, high = (_rgb(a) for a in anchors)
    colours = {"z": zero}
    for step in range(1, STEPS + 1):
        colours[f"n{step}"] = _mix(zero, low, step / STEPS)
        colours[f"p{step}"] = _mix(zero, high, step / STEPS)
    return {name: (_hex(rgb), _ink(_hex(rgb))) for name, rgb in colours.items()}


def _ink(paper: str) -> str:
    return max("#000000", "#ffffff", key=lambda ink: contrast(ink, paper))


def rules(anchors: tuple[str, str, str]) -> str:
    """The palette as style rules."""
    return "".join(f".{name}{{background:{paper};color:{ink}}}" for name, (paper, ink) in palette(anchors).items())


def contrast(a: str, b: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(_rgb(a)), _luminance(_rgb(b))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: tuple[float, ...]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def _hex(rgb: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in rgb)


def _mix(a: tuple[float, ...], b: tuple[float, ...], share: float) -> tuple[float, ...]:
    return tuple(x + (y - x) * share for x, y in zip(a, b, strict=True))
