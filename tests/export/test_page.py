"""The page as text: what is in it, and what is not."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from generators.export import export
from generators.export.tex import mathml
from generators.model import QuestionKind
from generators.paper import Paper

from .conftest import of_all_generators

VOID = {"meta", "input", "br", "img", "mspace"}


class Page(HTMLParser):
    """A strict reader: every tag closed in order."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def page(paper: Paper, key: bool) -> str:
    return export(paper, "html", key=key).decode()


@pytest.mark.parametrize("key", [False, True])
def test_nothing_from_a_question_becomes_markup(hostile: Paper, key: bool) -> None:
    read = Page(page(hostile, key))
    assert read.open == []
    assert len(read.named("script")) == 2
    assert len(read.named("style")) == 1
    assert {attributes["src"][:26] for attributes in read.named("img")} == {"data:image/svg+xml;base64,"}
    assert all(attributes["href"].startswith("#q") for attributes in read.named("a"))
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on") or name == "style"]


def test_the_policy_lets_in_this_very_script_and_style(every_kind: Paper) -> None:
    text = page(every_kind, True)
    policy = Page(text).named("meta")[1]["content"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    for name in ("script", "style"):
        source = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)[1]
        assert base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() in policy


def test_without_key_the_page_does_not_hold_it(every_kind: Paper) -> None:
    text = page(every_kind, False)
    data = json.loads(re.search(r'<script type="application/json" id="paper">(.*?)</script>', text)[1])
    told = {"kind", "marks", "topic", "options", "items", "unit"}
    assert {name for record in data["questions"] for name in record} == told
    for question in every_kind.questions:
        told = (entry.why in text or ("-" in entry.slug and entry.slug in text) for entry in question.misconceptions)
        assert not any(told)  # a slug of one word may stand in a prompt
        assert not any(f">{step}<" in text for step in question.solution)
    assert "<template" not in text
    other = [question if question.kind != QuestionKind.NAT else None for question in every_kind.questions]
    assert None in other


def test_every_field_has_a_name_and_every_question_a_group(every_kind: Paper) -> None:
    read = Page(page(every_kind, True))
    assert len(read.named("fieldset")) == len(every_kind.questions) + 1
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes.get("for") for attributes in read.named("label")}
    assert all(field["id"] in labelled for field in read.named("select"))


def test_tex_of_all_generators_is_understood() -> None:
    questions = [question for seed in range(3) for question in of_all_generators(seed).questions]
    texts = [text for question in questions for text in (question.prompt, *question.solution)]
    texts += [option.text for question in questions for option in question.options]
    formulas = {tex for text in texts for tex in re.findall(r"\$([^$]+)\$", text)}
    assert len(formulas) > 100
    assert [tex for tex in formulas if "\\" in re.sub(r"<[^>]*>", "", mathml(tex, False))] == []


def test_a_minus_after_a_bracket_is_a_sign() -> None:
    assert '<mo form="prefix">&#x02212;</mo>' in mathml("(-1)(2)", False)
    assert "prefix" not in mathml("(a) - 1", False)
    assert "</mrow><mn>2</mn></msup>" in mathml("(1 + x)^2", False)
