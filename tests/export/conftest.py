"""Papers to export, and a real Chromium to look at pages."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from generators.build import build
from generators.model import Criterion, Option, Picture, Premise, Question, QuestionKind, WrongAnswer
from generators.paper import Paper
from generators.registry import load, slugs


def of_all_generators(seed: int) -> Paper:
    """Every generator as every kind that it may be asked as."""
    questions = [build(slug, seed, kind) for slug in slugs() for kind in load(slug).kinds]
    return Paper("All kinds", seed, tuple(questions))


@pytest.fixture(scope="session")
def every_kind() -> Paper:
    """Two questions of each kind at least, some with pictures."""
    found: dict[QuestionKind, list[Question]] = {}
    for question in of_all_generators(5).questions:
        found.setdefault(question.kind, []).append(question)
    some = [question for kind in found.values() for question in kind[:2]]
    pictured = [question for question in of_all_generators(6).questions if question.picture][:2]
    assert set(found) == set(QuestionKind)
    assert pictured
    return Paper("All kinds", 5, (*some, *pictured))


PIECES = "<script>alert(1)</script> <b>b</b> & \"q\" 'a' </style> <!-- ]]> #let x = 1 @ref [x] \\ ~ _u_ ☺ {{ 7*7 }} "


@pytest.fixture(scope="session")
def hostile() -> Paper:
    """Text that would be markup, code or a path in some format, in all places that hold text."""
    table = f"{PIECES}\n\n| a | b |\n|---|--:|\n| $x^2$ | {PIECES} |\n\n1. one\n2. two\n\n```\ncode #x\n```"
    options = tuple(Option(key, f"{key} {PIECES}", key == "A", None if key == "A" else "slip") for key in "ABCD")
    base: dict[str, Any] = {
        "generator": "none", "version": 1, "seed": 0, "params": {}, "marks": 1, "topic": PIECES, "bloom": "Apply",
        "difficulty": "beginner", "minutes": 1, "options": (), "range": None, "solution": (PIECES, "1. $a_1 < b$"),
        "misconceptions": (),
    }  # fmt: skip
    slip = WrongAnswer("B", "slip", PIECES)
    mcq = base | {"kind": QuestionKind.MCQ, "prompt": table, "answer": "A", "options": options,
                  "misconceptions": (slip,)}  # fmt: skip
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="80" height="30"/></svg>'
    nat = base | {"kind": QuestionKind.NAT, "prompt": "![x](/etc/passwd) [y](javascript:alert(1))",
                  "answer": Fraction(1, 3), "range": (Fraction(1, 3), Fraction(1, 3)),
                  "picture": Picture(square, PIECES)}  # fmt: skip
    pairs = base | {"kind": QuestionKind.MATCH, "prompt": "p", "answer": {"P": "1"}, "items": (Premise("P", PIECES),),
                    "options": (Option("1", PIECES), Option("2", "x"))}  # fmt: skip
    essay = base | {"kind": QuestionKind.ESSAY, "prompt": "e", "answer": [PIECES],
                    "rubric": (Criterion("c", Fraction(1), PIECES, (PIECES,)),)}  # fmt: skip
    return Paper(f"Title {PIECES}", 1, tuple(Question(**fields) for fields in (mcq, nat, pairs, essay)))


@pytest.fixture
def visit(chromium: Any, tmp_path: Any) -> Iterator[Any]:
    """Opens a page; at the end nothing may have gone wrong in it, and it may have loaded nothing."""
    context = chromium.new_context(accept_downloads=True)
    wrong: list[str] = []

    def opened(page_bytes: bytes, width: int = 1000) -> Any:
        file = tmp_path / "page.html"
        file.write_bytes(page_bytes)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda problem: wrong.append(str(problem)))
        page.on("request", lambda request: wrong.append(request.url) if not _own(request.url, file) else None)
        page.goto(file.as_uri())
        return page

    yield opened
    context.close()
    assert wrong == []


def _own(url: str, file: Any) -> bool:
    return url.partition("#")[0] == file.as_uri() or url.startswith(("data:", "blob:"))
