"""Reading answers: which task they are for, what is no answer, and what a digest means."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.freetext.answer import MAX_BYTES, Answer, AnswerError, find_essay, named_task, other_tasks, read_answer
from grader.freetext.essays import essay_slugs


def answer(text: str, name: str = "text.md") -> Answer:
    return Answer(Path(name), text)


@pytest.mark.parametrize(
    ("text", "name", "slug"),
    [
        ("# A3\n\nwords", "x.md", "a3"),
        ("#### a3: Two layers\nwords", "x.md", "a3"),
        ("task: a3\n\nwords", "x.md", "a3"),
        ("---\ntask: A3\n---\nwords", "x.md", "a3"),
        ("**Task: a3**\nwords", "x.md", "a3"),
        ("# Exercise A3\nwords", "x.md", "a3"),
        ("# Interview 1: skip connections\nwords", "x.md", "interview-1"),
        ("# interview_1\nwords", "x.md", "interview-1"),
        ("# Why depth\nwords", "x.txt", "why-depth"),
        ("# My thoughts\n\nwords", "my_a3.md", "a3"),
        ("words", "A3.TXT", "a3"),
        ("words", "interview-5_rao.md", "interview-5"),
        ("# A3\n\ntask: d1\n\nwords", "my_a4.md", "d1"),
        ("# A3\n\nwords", "my_a4.md", "a3"),
        ("# Lab report: soil\nwords", "x.md", "lab"),
        ("\n\n\n# Asha Rao, roll 12\n\n## A3\nwords", "x.md", "a3"),
    ],
)
def test_the_task_is_found(text, name, slug):
    assert find_essay(answer(text, name)).slug == slug


@pytest.mark.parametrize("text", ["words", "# Label noise\nwords", "# A 3 step plan\nwords", "a3\nx", "# a33\nx"])
def test_what_names_no_task_is_refused_with_the_way_out(text):
    with pytest.raises(AnswerError, match="--exercise a3"):
        find_essay(answer(text))


def test_a_task_line_is_taken_at_its_word():
    with pytest.raises(AnswerError, match="Did you mean `interview-1`"):
        find_essay(answer("task: interviw-1\n\nwords", "my_a3.md"))


def test_an_unknown_task_given_by_hand_is_refused():
    with pytest.raises(AnswerError, match="no free-text task 'conv'"):
        find_essay(answer("# A3"), "conv")


def test_further_tasks_in_one_file_are_noticed():
    text = answer("# A1\nwords\n# A2: more\nwords\n## a1 again\n# Summary\n")
    assert other_tasks(text, find_essay(text)) == ["a2"]


@pytest.mark.parametrize("slug", essay_slugs())
def test_every_name_is_found_as_written_by_start(slug):
    assert named_task(f"my_{slug}") == slug
    assert named_task(f"{slug}: a title") == slug
    assert named_task(slug.replace("-", " ").upper()) == slug


# ---------------------------------------------------------------- what is no answer


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"# A3\n\xff\xfeno", "not UTF-8 (line 2)"),
        ("# A3\nl'été".encode("latin-1"), "not UTF-8 (line 2)"),
        ("# A3\nwords".encode("utf-16"), "UTF-16"),
        ("# A3\nwords".encode("utf-16-le"), "NUL bytes"),
        (b"# A3\n\0words", "NUL bytes"),
        (b"# A3\n" + b"x " * MAX_BYTES, "too large"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path, data, said):
    path = tmp_path / "a3.md"
    path.write_bytes(data)
    with pytest.raises(AnswerError) as caught:
        read_answer(path)
    assert said in str(caught.value)


def test_folders_pipes_and_missing_files_are_refused(tmp_path):
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (tmp_path / "a3.docx").write_text("words")
    expected = {"folder.md": "is a folder", "pipe.md": "not a regular file", "a3.docx": ".md or .txt"}
    for name, said in {**expected, "missing.md": "No such file", "loop.md": "symbolic links", "a\0.md": "null"}.items():
        with pytest.raises(AnswerError, match=said):
            read_answer(tmp_path / name)


def test_a_byte_order_mark_and_line_ends_do_not_matter(tmp_path):
    (tmp_path / "a.md").write_bytes("\ufeff# A3\r\n\r\nwords  \r\n\r\n".encode())
    (tmp_path / "b.md").write_bytes(b"# A3\n\nwords")
    a, b = read_answer(tmp_path / "a.md"), read_answer(tmp_path / "b.md")
    assert a.digest == b.digest
    assert find_essay(a).slug == "a3"


@given(st.text(max_size=300), st.text(max_size=300))
def test_the_digest_tells_texts_apart(a, b):
    def plain(text: str) -> str:
        return "\n".join(row.rstrip() for row in text.split("\n")).strip("\n")

    a, b = (t.encode("utf-8", "replace").decode() for t in (a, b))
    assert (answer(a).digest == answer(b).digest) == (plain(a) == plain(b))


@settings(max_examples=200)
@given(st.text(max_size=400))
def test_any_text_can_be_asked_for_its_task(text):
    found = answer(text)
    assert found.words >= 0
    with contextlib.suppress(AnswerError):
        assert find_essay(found).slug in essay_slugs()


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("# A3\n> question text\n---\ntask: a3\n", 0), ("# A3\n\nTwo words", 2), ("don't count 1,792 twice", 4)],
)
def test_words_are_those_of_the_answer(text, words):
    assert answer(text).words == words
