"""An overlay's pixels in colour: the image in grey, the map over it from yellow to red."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import CheckResult, Overlay

STRENGTH = 0.75  # how far the map covers the image where it is 1


@dataclass(frozen=True)
class PixelImage:
    """One image: its caption, its size in pixels, and (x, y, colour) for each."""

    caption: str
    width: int
    height: int
    pixels: list[tuple[int, int, str]]


def pictures(check: CheckResult) -> list[PixelImage]:
    """The expected map and the submission's over the image; one alone where they agree."""
    found = check.overlay
    if found is None:
        return []
    if check.score:
        return [_picture("your map over the image", found, found.actual)]
    return [
        _picture("expected map over the image", found, found.expected),
        _picture("your map over the image", found, found.actual),
    ]


def _picture(caption: str, found: Overlay, values: list[list[float]]) -> PixelImage:
    pixels = [
        (x, y, _colour(gray, heat))
        for y, (grays, heats) in enumerate(zip(found.image, values, strict=True))
        for x, (gray, heat) in enumerate(zip(grays, heats, strict=True))
    ]
    return PixelImage(caption, len(found.image[0]), len(found.image), pixels)


def _colour(gray: float, heat: float) -> str:
    over = (1.0, 0.85 * (1 - heat), 0.1)
    cover = STRENGTH * heat
    return "#" + "".join(f"{round(255 * ((1 - cover) * gray + cover * c)):02x}" for c in over)
