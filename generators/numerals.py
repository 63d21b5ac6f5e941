"""Numbers as people write them, read exactly. What can be two numbers is refused with advice, never guessed.

The page reads by the same rules (`export/templates/numerals.js`); one table tests both.
"""

from __future__ import annotations

import re
from fractions import Fraction


class UnreadableAnswer(ValueError):
    """The answer has not the form that the question asks for; the message is for the learner."""


LONGEST = 200
"""Characters of a number."""
EXPONENT = 30
"""The largest power of ten."""
DEEPEST = 5
"""Fractions within fractions."""
_SIGNS = (
    ("−–—‒﹣－‐‑", "-"), ("＋", "+"), ("·⋅∙•×✕✖∗＊", "*"), ("⁄∕／÷", "/"), ("，٬", ","), ("．٫", "."), ("；", ";"),
    ("％٪", "%"), ("（", "("), ("）", ")"), ("［", "["), ("］", "]"), ("＝", "="), ("’ʼ‘", "'"),
    ("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    ("\u200b\u200c\u200d\u2060\ufeff", ""),
)  # fmt: skip
_ALIKE = str.maketrans({sign: plain for signs, plain in _SIGNS for sign in signs})
_VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
           "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}  # fmt: skip
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
_RAISED_DIGITS = re.compile(f"[{''.join(_RAISED)}]+")
_TEX_SIGN = re.compile(r"[\\$~]|\{,\}")
_AFTER_DIGIT = re.compile(r"(?<=\d)(?=\\[dt]?frac)")
_SHORT_FRACTION = re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)", re.ASCII)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_POWER_IN_BRACES = re.compile(r"\^\s*\{([^{}]*)\}")
_TEX = tuple((re.compile(pattern), plain) for pattern, plain in (
    (r"\\(?:text|mathrm)\s*\{([^{}]*)\}", r"\1"), (r"\\(?:left|right|displaystyle)(?![A-Za-z])|\\[()]", ""),
    (r"\\(?:cdot|times|ast)(?![A-Za-z])", "*"), (r"\{,\}", ","), (r"\\%", "%"),
    (r"\\[,;:! ]|~|\\(?:quad|thinspace)(?![A-Za-z])", " "),
))  # fmt: skip


def tidy(text: str, *, formula: bool = False) -> str:
    """One spelling for what means the same: digits of every script, signs, spaces, TeX's commands, raised digits.

    Of a `formula`, a fraction that was written as one stays together, in brackets.
    """
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text).translate(_ALIKE)
    for found, plain in _VULGAR.items():
        text = text.replace(found, rf"\frac{{{plain[0]}}}{{{plain[2]}}}")
    text = _RAISED_DIGITS.sub(lambda found: "^" + "".join(map(_RAISED.__getitem__, found[0])), text)
    return _without_tex(text, r"((\1)/(\2))" if formula else r"\1/\2") if _TEX_SIGN.search(text) else text


def _without_tex(text: str, fraction: str) -> str:
    text = _SHORT_FRACTION.sub(r"\\frac{\1}{\2}", _AFTER_DIGIT.sub(" ", text))
    text = _POWER_IN_BRACES.sub(r"^(\1)", text)
    for _ in range(DEEPEST):
        text = _FRACTION.sub(fraction, text)
    for pattern, plain in _TEX:
        text = pattern.sub(plain, text)
    return text.strip().strip("$")


_SEPARATED = {
    gap: re.compile(rf"[1-9]\d{{0,2}}(?:{sign}\d{{3}})+|[1-9]\d?(?:{sign}\d{{2}})+{sign}\d{{3}}")
    for gap, sign in ((",", ","), (".", r"\."), (" ", " "), ("'", "'"), ("_", "_"))
}
_DIGITS = re.compile(r"\d{1,60}", re.ASCII)
_DECIMALS = re.compile(r"\d{0,60}", re.ASCII)


def _readings(text: str) -> dict[str, Fraction]:
    """What an unsigned decimal can be: by the sign that stands before its decimals, or "" if there are none."""
    found: dict[str, Fraction] = {}
    for point in (".", ",", ""):
        whole, mark, decimals = text.rpartition(point) if point else (text, "", "")
        if bool(mark) != bool(point) or not _DECIMALS.fullmatch(decimals):
            continue
        gap = next((gap for gap in _SEPARATED if gap != point and gap in whole), "")
        grouped = _SEPARATED[gap].fullmatch(whole) if gap else _DIGITS.fullmatch(whole)
        bare = point == "." and not whole and decimals
        if (grouped and (decimals or point != ",")) or bare:
            digits = whole.replace(gap, "") if gap else whole
            found[point] = Fraction(f"{digits or 0}.{decimals or 0}")
    return found


def _decimal(text: str, decimal_comma: bool) -> Fraction:
    """An unsigned decimal. Raises UnreadableAnswer, also where it can be two numbers."""
    found = _readings(text)
    values = set(found.values())
    if not values:
        raise _no_number(text)
    if len(values) == 1:
        return values.pop()
    own = "," if decimal_comma else "."
    if own in found and own in text:
        return found[own]
    point = next(sign for sign in found if sign)
    pointed, whole = text.replace(point, own), text.replace(point, "")
    raise UnreadableAnswer(f"'{text[:40]}' can be two numbers: write {pointed} or {whole}")


def _no_number(text: str) -> UnreadableAnswer:
    return UnreadableAnswer(f"'{text[:40]}' is not a number")


_SCIENTIFIC = re.compile(
    r"(?P<mantissa>[\d.,' _]+?)(?: ?e|E| ?[*x] ?10 ?(?:\^|\*\*) ?)[({]?(?P<power>[-+]?\d{1,3})[)}]?", re.ASCII
)
_POWER = re.compile(r"10 ?(?:\^|\*\*) ?[({]?(?P<power>[-+]?\d{1,3})[)}]?", re.ASCII)
_MIXED = re.compile(r"(?P<whole>0|[1-9]\d{0,29}) +(?P<above>\d{1,30}) ?/ ?(?P<below>\d{1,30})", re.ASCII)


def numeral(text: str, decimal_comma: bool = False) -> Fraction:
    """The number: 28 · −1/3 · .5 · 0,125 · 4,60,800 · 1 1/2 · 2.8·10^1. `text` has been through `tidy`.

    `decimal_comma`: in this file a comma stands before decimals, so 1,210 is 1.21.

    Raises:
        UnreadableAnswer: if it is none, or can be two.
    """
    if len(text) > LONGEST:
        raise _no_number(text)
    bare = re.sub(r"^ *[=≈] *", "", text).strip()
    sign, size = (bare[0], bare[1:].lstrip()) if bare[:1] in ("-", "+") else ("+", bare)
    value = _unsigned(size, decimal_comma) if size else None
    if value is None:
        raise _no_number(text)
    return -value if sign == "-" else value


def _unsigned(text: str, decimal_comma: bool) -> Fraction | None:
    if power := _POWER.fullmatch(text):
        return _ten(power["power"])
    if found := _SCIENTIFIC.fullmatch(text):
        return _decimal(found["mantissa"].strip(), decimal_comma) * _ten(found["power"])
    if found := _MIXED.fullmatch(text):
        return _mixed(text, int(found["whole"]), int(found["above"]), int(found["below"]))
    above, slash, below = (part.strip() for part in text.partition("/"))
    if not slash:
        return _decimal(above, decimal_comma)
    value = _decimal(below, decimal_comma)
    if not value:
        return None
    return _decimal(above, decimal_comma) / value


def _mixed(text: str, whole: int, above: int, below: int) -> Fraction:
    """Only a fraction below 1 follows a whole number: 1 210/3 can be 1210/3."""
    if not 0 < above < below:
        raise UnreadableAnswer(f"'{text[:40]}' can be two numbers: write one fraction, as 3/2 for 1 1/2")
    return whole + Fraction(above, below)


def _ten(power: str) -> Fraction:
    if abs(int(power)) > EXPONENT:
        raise UnreadableAnswer(f"a power of ten is between −{EXPONENT} and {EXPONENT}")
    return Fraction(10) ** int(power)


_WITH_UNIT = re.compile(r"(?P<number>.*\d[.,]?)\s*(?P<unit>[^\W\d_][^\d]*|%.*)", re.ASCII | re.DOTALL)
_UNITS = {"%": ("percent", "per cent", "pct", "%"), "MB": ("mb", "megabyte", "megabytes"),
          "GB": ("gb", "gigabyte", "gigabytes"), "KB": ("kb", "kilobyte", "kilobytes"),
          "ms": ("ms", "millisecond", "milliseconds")}  # fmt: skip
_BITS = ("Kb", "Mb", "Gb")


def without_unit(text: str, unit: str) -> str:
    """The number without the unit that the question asks for.

    Raises:
        UnreadableAnswer: if another unit, or a word that is none, follows the number.
    """
    found = _WITH_UNIT.fullmatch(text.strip())
    if not found:
        return text
    typed = " ".join(found["unit"].rstrip(" .").split())
    if unit and typed not in _BITS and typed.lower() in _UNITS.get(unit, (unit.lower(),)):
        return found["number"]
    if unit:
        raise UnreadableAnswer(f"the answer is asked in {unit}, not in {typed[:40]}")
    raise UnreadableAnswer(f"a number alone is asked for: leave '{typed[:40]}' away")


def number_in_formula(part: str, decimal_comma: bool) -> str:
    """A name as it is; a number with its decimals after a point."""
    return part if part.isdigit() or part[:1].isalpha() else written(_decimal(part, decimal_comma))


def written(value: Fraction) -> str:
    """A number for the learner who checks how it was read: 460800 · 0.125 · −1/3."""
    value = Fraction(value)
    places = next((k for k in range(31) if (value * 10**k).denominator == 1), None)
    sign, size = "−" * (value < 0), abs(value)
    if places is None:
        return f"{sign}{size.numerator}/{size.denominator}"
    digits = str(int(size * 10**places)).rjust(places + 1, "0")
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
