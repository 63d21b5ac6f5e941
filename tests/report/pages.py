"""Results to be shown as a page, and a strict reader of pages."""

from __future__ import annotations

from html.parser import HTMLParser

from grader.model import CheckResult, Result, Verdict
from grader.model.findings import Told
from grader.report.evidence import Evidence

VOID = {"meta", "rect"}
TAGS = set(
    "a b bdi body caption code details div figcaption figure footer h1 h2 h3 h4 head header html i li main "
    "meta ol p pre rect section span style summary svg table tbody td th thead title tr ul".split()
)
ATTRIBUTES = set(
    "aria-hidden aria-label aria-labelledby charset class content height href http-equiv id lang name role "
    "scope tabindex title width x y".split()
)


class Page(HTMLParser):
    """A strict reader: every tag closed in order, only known tags and attributes."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.text: list[str] = []
        self.comments: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        assert tag in TAGS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        assert all(value.startswith("#") for name, value in attrs if name == "href")
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self.handle_starttag(tag, attrs)
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.open and self.open[-1] in ("td", "th"):
            self.tables[-1][-1][-1] += data


def read(text: str) -> Page:
    """A page that is well formed."""
    page = Page(text)
    assert page.open == []
    assert page.comments == []
    return page


def check(verdict: Verdict = Verdict.WRONG_ANSWER, **changes) -> CheckResult:
    """A check of one point, lost unless `changes` say otherwise."""
    base = {"name": "stride", "title": "Stride", "verdict": verdict, "score": 0.0, "max_score": 1.0}
    return CheckResult(**base | changes)


def result(*checks: CheckResult, **changes) -> Result:
    """The result of a submission with these checks."""
    base = {
        "exercise": "conv",
        "title": "Convolution",
        "file": "my_conv.py",
        "seed": 7,
        "isolation": "confined",
    }
    return Result(**base | {"checks": list(checks)} | changes)


def told(text: str, evidence: Evidence | None = None) -> Told:
    """A finding in words, with evidence if there is some."""
    return Told(text=text, evidence=None if evidence is None else vars(evidence))


def differing(expected: list, actual: list, **changes) -> Evidence:
    """Two arrays that differ, rows of numbers, as a check notes them."""
    shape = [len(expected), len(expected[0])]
    base = {"expected_shape": shape, "actual_shape": [len(actual), len(actual[0])], "origin": [0, 0]}
    return Evidence("conv2d(<array 4×4>)", expected=expected, actual=actual, **base | changes)
