"""TeX for those who read it on a page: MathML, which browsers draw and screen readers speak."""

from __future__ import annotations

from functools import cache

from . import needed


@cache
def mathml(tex: str, display: bool) -> str:
    """A `math` element."""
    converter = needed("latex2mathml.converter", "pages")
    element: str = converter.convert(tex, display="block" if display else "inline")
    return element
