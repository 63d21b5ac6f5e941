"""TeX as MathML, which browsers draw and screen readers speak."""

from __future__ import annotations

import re
from functools import cache

from . import needed

_SIGN = re.compile(r"(<mo[^>]*>(?!&#x00029;|&#x0005D;|&#x0007C;)[^<]*</mo>)<mo>&#x02212;</mo>")
"""A minus after an opening bracket or an operator."""

_POWER = re.compile(r"(\([^()]*\))\^")


def grouped(tex: str) -> str:
    """A power of a bracket as the power of the whole bracket, not of its closing half."""
    return _POWER.sub(r"{\1}^", tex)


@cache
def mathml(tex: str, display: bool) -> str:
    """A `math` element."""
    converter = needed("latex2mathml.converter", "pages")
    element: str = converter.convert(grouped(tex), display="block" if display else "inline")
    return _SIGN.sub(r'\1<mo form="prefix">&#x02212;</mo>', element)
