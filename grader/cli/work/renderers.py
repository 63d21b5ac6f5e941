"""The formats of `grade submit`. A renderer imports what it needs when it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...model import Result

Renderer = Callable[["list[Result]", "str | None"], str]


def _text(results: list[Result], student: str | None) -> str:
    from ...report.text import to_text

    return "\n".join(map(to_text, results))


def _json(results: list[Result], student: str | None) -> str:
    from ...report.as_json import to_json

    return to_json(results, student)


def _html(results: list[Result], student: str | None) -> str:
    from ...report.html import to_html

    return to_html(results)


def _junit(results: list[Result], student: str | None) -> str:
    from ...report.junit import to_junit

    return to_junit(results, student)


def _gradescope(results: list[Result], student: str | None) -> str:
    from ...report.gradescope import to_gradescope

    return to_gradescope(results)


def _prairielearn(results: list[Result], student: str | None) -> str:
    from ...report.prairielearn import to_prairielearn

    return to_prairielearn(results)


def _autolab(results: list[Result], student: str | None) -> str:
    from ...report.autolab import to_autolab

    return to_autolab(results)


RENDERERS: Mapping[str, Renderer] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "junit": _junit,
    "gradescope": _gradescope,
    "prairielearn": _prairielearn,
    "autolab": _autolab,
}
"""Format → function of the results and the student. Only JSON and JUnit name the student: platforms know the name."""
