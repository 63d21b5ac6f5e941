"""The docs are true: links lead somewhere, commands exist, and the examples for authors work as they stand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from grader.cli.group import cli
from grader.model import Verdict
from grader.root import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^()\s]+)\)")


def anchors(page: Path) -> set[str]:
    """What GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path) -> Iterator[str]:
    """The links of a page that lead nowhere."""
    for target in LINK.findall(BLOCK.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"\w+:", target):
            continue
        name, _, anchor = target.partition("#")
        goal = (page.parent / name).resolve() if name else page
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            yield target


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    assert not list(broken(page))


def test_a_broken_link_or_anchor_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# What it *says*, and why\n")
    (tmp_path / "a.md").write_text("[x](b.md) [x](b.md#what-it-says-and-why) [x](b.md#no) [x](c.md) [x](#here)\n")
    assert list(broken(tmp_path / "a.md")) == ["b.md#no", "c.md", "#here"]


def test_every_page_is_linked_from_another() -> None:
    linked = {(p.parent / link.partition("#")[0]).resolve() for p in PAGES for link in LINK.findall(p.read_text())}
    assert {page for page in PAGES if page.name != "README.md"} <= linked


def test_the_readme_is_short() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 100
    assert max(map(len, lines)) <= 100


# ---------------------------------------------------------------- commands


def typed(text: str) -> Iterator[list[str]]:
    """The `grade …` commands in a page's code blocks, as words; a backslash continues a line."""
    for language, block in BLOCK.findall(text):
        if language not in ("", "bash", "sh"):
            continue
        for line in block.replace("\\\n", " ").splitlines():
            if found := re.match(r"\s*(?:\.venv/bin/)?grade( .*)", line):
                yield shlex.split(found[1], comments=True)


def mistakes(words: list[str]) -> Iterator[str]:
    """What `grade` would not understand of these words: commands, options, choices."""
    command: click.Command = cli
    while isinstance(command, click.Group) and words:
        name, *words = words
        inner = command.get_command(click.Context(command), name)
        if inner is None:
            yield f"no command {name}"
            return
        command = inner
    try:
        command.make_context(command.name, list(words), resilient_parsing=False)
    except click.ClickException as problem:
        if not isinstance(problem, click.BadParameter) or "does not exist" not in problem.format_message():
            yield problem.format_message()
    except click.exceptions.Exit:
        pass


@every_page
def test_commands_exist_and_take_these_options(page: Path) -> None:
    wrong = [(words, said) for words in typed(page.read_text(encoding="utf-8")) for said in mistakes(words)]
    assert not wrong


def test_a_wrong_command_is_noticed() -> None:
    lines = [
        "grade sumbit a.py",
        "grade submit a.py --sede 7  # x",
        ".venv/bin/grade quiz new --format xyz",
        "grade list",
    ]
    page = "\n".join(["```", *lines, "```"])
    said = [text for words in typed(page) for text in mistakes(words)]
    expected = ["no command sumbit", "No such option", "Invalid value for '--format'"]
    assert [text[: len(start)] for text, start in zip(said, expected, strict=True)] == expected


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, by the words that call them."""
    yield name, command
    if isinstance(command, click.Group):
        for inner in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), inner)
            assert found is not None
            yield from commands(found, f"{name} {inner}")


@pytest.mark.parametrize("name, command", list(commands(cli, "grade")), ids=str)
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    """On a page that speaks of the command, long or short."""
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    text = "\n".join(text for text in texts if f"{name} " in text or f"`{name}`" in text)
    assert command.help
    assert text
    for parameter in command.params:
        options = [option for option in parameter.opts if option.startswith("-")]
        assert not options or any(re.search(rf"(?<![\w-]){option}(?![\w-])", text) for option in options)


def test_every_verdict_is_explained_to_students() -> None:
    text = (ROOT / "docs" / "student" / "report.md").read_text(encoding="utf-8")
    assert all(f"| `{verdict}` |" in text for verdict in Verdict)


def test_the_readme_says_how_to_run_the_tests() -> None:
    assert re.search(r"^make test\b", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
