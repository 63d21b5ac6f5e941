"""When two names are the same: whatever their case, accents, transliteration and order; and when they are only near."""

from __future__ import annotations

import difflib
import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t"}
)
ACCENTS = 200  # the lowest combining class of a mark above or below a letter; signs that are letters have lower ones
WORDS = 4  # with more, a name's words are turned, not put in every order
NEAR = 0.85  # difflib's ratio
REMEMBERED = 10_000  # names of a class, which are compared with every other


def folded(text: str) -> str:
    """Letters and digits alone, without accents and case: `Müller, Ana` and `mullerana` are the same.

    Vowel signs, as Indian scripts have them, are letters.
    """
    parts = unicodedata.normalize("NFKD", _lower(text).translate(PLAIN))
    return "".join(c for c in parts if _is_letter(c))


def _lower(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_letter(c: str) -> bool:
    return c.isalnum() or (unicodedata.category(c) in ("Mn", "Mc") and unicodedata.combining(c) < ACCENTS)


def spellings(text: str) -> set[str]:
    """The text folded, without accents and as German writes them: `müller` is `muller` and `mueller`."""
    return {folded(text), folded(_lower(text).translate(GERMAN))} - {""}


def orders(name: str) -> set[str]:
    """The spellings of a name with its words in any order: `Li Wei` is `Wei, Li` and `weili`."""
    words = words_of(name)
    turned = itertools.permutations(words) if len(words) <= WORDS else _turned(words)
    return {spelling for order in turned for spelling in spellings("".join(order))}


def _turned(words: list[str]) -> Iterable[list[str]]:
    return (words[i:] + words[:i] for i in range(len(words)))


def words_of(text: str) -> list[str]:
    """What stands between blanks and signs, as it is written."""
    return [word for word in re.split(r"[\s,._\-/()]+", text) if folded(word)]


class Nearness:
    """How near a hand-in's name is to the names and ids of a class.

    Near: all words of one are among the other's, or the letters are nearly the same.
    """

    def __init__(self, text: str):
        self._words = _folded_words(text)
        self._matchers = [difflib.SequenceMatcher(None, "", s, autojunk=False) for s in spellings(text)]

    def to(self, name: str) -> float:
        """From 0 to 1; 0 if it is not near."""
        within = any(_within(said, known) for said in self._words for known in _folded_words(name))
        ratios = (_ratio(m, form, within) for m in self._matchers for form in _turned_spellings(name))
        return max(ratios, default=0.0)


def _within(some: frozenset[str], others: frozenset[str]) -> bool:
    return (some <= others or others <= some) and max(map(len, some & others), default=0) > 1


def _ratio(matcher: difflib.SequenceMatcher[str], form: str, within: bool) -> float:
    matcher.set_seq1(form)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # from above; quick ones first
    return matcher.ratio() if within or all(bound() >= NEAR for bound in bounds) else 0.0


@functools.lru_cache(REMEMBERED)
def _folded_words(text: str) -> set[frozenset[str]]:
    """The words without accents, and as German writes them."""
    return {frozenset(map(folded, words_of(spelled))) for spelled in (text, _lower(text).translate(GERMAN))}


@functools.lru_cache(REMEMBERED)
def _turned_spellings(name: str) -> frozenset[str]:
    return frozenset(spelling for order in _turned(words_of(name)) for spelling in spellings("".join(order)))
