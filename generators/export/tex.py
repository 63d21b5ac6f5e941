"""TeX as MathML, which browsers draw and screen readers speak."""

from __future__ import annotations

import re
from functools import cache

from . import needed

_SIGN = re.compile(r"(<mo[^>]*>(?!&#x00029;|&#x0005D;|&#x0007C;)[^<]*</mo>)<mo>&#x02212;</mo>")
"""A minus after an opening bracket or an operator."""

_ROUND = re.compile(r"<mo[^>]*>&#x00028;</mo>(<mtable>.*?</mtable>)<mo[^>]*>&#x00029;</mo>", re.DOTALL)
_SQUARE = re.compile(r"<mo[^>]*>&#x0005B;</mo>(<mtable>.*?</mtable>)<mo[^>]*>&#x0005D;</mo>", re.DOTALL)
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


def page_mathml(tex: str, display: bool) -> str:
    """The same for a page of ours, whose style draws the brackets of matrices: few systems have a font that can."""
    element = mathml(tex, display)
    for sign, bracketed, end, name in (("(", _ROUND, ")", "round"), ("[", _SQUARE, "]", "square")):
        element = bracketed.sub(rf'<mrow class="{name}"><mo>{sign}</mo>\1<mo>{end}</mo></mrow>', element)
    return element
