"""A solution with what is no Python around it is read without that, and the names of what is graded stay its own."""

from __future__ import annotations

import json

import pytest

from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.root import ROOT
from grader.sandbox.inside.rebound import Definitions
from grader.sandbox.inside.strays import parsed
from grader.submission.load import load
from tests.accidents.accidents import RIGHT, folder, notebook
from tests.files import one_file

CODE = "def f(x):\n    return x\n"


def of(text: str):
    return parsed(text.encode(), "a.py")


@pytest.mark.parametrize(
    ("text", "left_out", "changed"),
    [
        (CODE, (), ()),
        (f"```python\n{CODE}```\n", (1, 4), ()),
        (f"{CODE}```\n", (3,), ()),
        (f"Here it is:\n\n~~~\n{CODE}~~~\nIt's good.\n", (1, 3, 6, 7), ()),
        (f"%matplotlib inline\n!ls\nx = !ls\n{CODE}f?\n", (1, 2, 3, 6), ()),
        (f"%cd x\n{CODE}print(“It’s”)\n", (1,), (4,)),
        (CODE.replace("    ", "\u00a0\u2003\u200b  "), (), (2,)),
        (f"x = '“as it is”'\n{CODE}", (), ()),
        (f"!pip install \\\n    numpy \\\n    torch\n{CODE}", (1, 2, 3), ()),
        (f"try:\n    1\nexcept:\n    !pip install x\n    %timeit 1\n{CODE}?f\n", (4, 5, 8), ()),
        (f"First:\n```bash\npip install x\n```\nThen:\n```python\n!ls\n{CODE}```\n", (1, 2, 3, 4, 5, 6, 7, 10), ()),
        (f"```py\n{CODE}```\nIt prints:\n```\n[1 2]\n```\n", (1, 4, 5, 6, 7, 8), ()),
        ("1. Write:\n   - this\n   ```python\n   def f(x):\n       return x\n   ```\n", (1, 2, 3, 6), ()),
    ],
)
def test_what_is_no_python_is_left_out(text, left_out, changed):
    found = of(text)
    assert (found.left_out, found.changed) == (left_out, changed)
    assert [node.name for node in found.tree.body if hasattr(node, "name")] == ["f"]
    assert found.tree.body[-1].lineno <= text.count("\n")  # lines keep their numbers


WRONG = "def f(x:\n    return x\n"


@pytest.mark.parametrize(
    "line",
    ["y = !x", "x =% 2", "x =%two", "% 2", "%size", "!= x", "! a comment", "? 3 : 4", "return x?", "if x =! 1: return"],
)
def test_an_operator_of_another_language_is_no_command(line):
    with pytest.raises(SyntaxError):
        of(f"def f(x):\n    y = x\n    {line}\n    return y\n")


@pytest.mark.parametrize(
    "text",
    [
        f"{WRONG}```python\n{CODE}```\n",
        f"class A(\n```python\n{CODE}```\n",
        f"```\n{WRONG}```\n```python\n{CODE}```\n",
        f"```python\n{WRONG}```\n```python\n{CODE}```\n",
        f'def g(x):\n    """\n    ```python\n    {CODE.strip()}\n    ```\n    """\n    return (x\n',
        f"%matplotlib inline\n{WRONG}",
        f"{CODE}```\n{WRONG}",
    ],
)
def test_wrong_code_is_not_left_out_with_what_was_copied(text):
    with pytest.raises(SyntaxError):
        of(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [(f"%time\n{CODE}(\n", 4), ("```\nfor\n```", 2), (f"Here:\n```python\n{WRONG}```\n", 3), ("x =\u00a01\nfor\n", 2)],
)
def test_the_line_that_is_told_is_not_one_that_may_be_left_out(text, line):
    with pytest.raises(SyntaxError) as found:
        of(text)
    assert found.value.lineno == line


@pytest.mark.parametrize("text", ["def f(:\n", "x = 1\nprint 'done'\n", "some prose alone\n", "x = (\n%time 1\n"])
def test_what_is_no_python_at_all_is_refused_as_it_is(text):
    with pytest.raises(SyntaxError) as ours:
        of(text)
    with pytest.raises(SyntaxError) as pythons:
        compile(text, "a.py", "exec")
    assert (ours.value.msg, ours.value.lineno) == (pythons.value.msg, pythons.value.lineno)


def test_python_is_left_as_it_is():
    for path in ROOT.glob("exercises/*/right/*.py"):
        assert parsed(path.read_bytes(), path.name)[1:] == ((), ())


@pytest.fixture
def graded(tmp_path, sandboxes):
    """What comes of a file handed in to `padding`."""

    def result(build):
        return grade(load(build(tmp_path)), load_exercise("padding"), seed=1, sandbox=sandboxes("padding"))

    return result


@pytest.mark.parametrize(
    ("begin", "hint"),
    [
        ("<<<<<<< HEAD", "Git has put two versions here."),
        (">>> 1 + 1\n2 2", "Delete the prompts"),
        ("print('a", "The line in which it begins"),
        ("if 1:\n    x = 1\n  y = 2", "Use four spaces"),
        ("In [1]:\n  x", "Delete the numbers of cells"),
    ],
)
def test_what_to_do_about_a_file_that_cannot_be_read(begin, hint, graded):
    result = graded(one_file(f"{RIGHT}\n{begin}\n", "my_padding.py"))
    assert result.score == 0
    assert hint in result.unloaded.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<!doctype HTML>\n<html>", "The file is a web page."),
        (b"{\\rtf1 x", "A word processor has saved this file."),
        (b"%PDF-1.4", "The file is a PDF."),
        (b"diff --git a/x b/x\n", "The file is a list of changes"),
        (RIGHT.encode("utf-16"), "The file is saved as UTF-16."),
        ("".join(f"{n:3} {line}\n" for n, line in enumerate(RIGHT.splitlines())).encode(), "Delete the numbers of the"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_a_file_is_that_is_no_source(data, said, graded):
    assert said in graded(one_file(data, "my_padding.py")).unloaded.text


def test_a_folder_may_hold_a_notebook_that_is_called_a_source(graded):
    book = json.dumps({"cells": [{"cell_type": "code", "source": RIGHT}], "nbformat": 4})
    assert graded(folder(work__py=book, other__py="x = 1\n")).full_marks


def test_the_note_says_which_lines_were_left_out(graded):
    result = graded(one_file(f"%pylab\n{RIGHT}", "my_padding.py"))
    assert result.full_marks
    assert result.notes == [
        "Line 1 is not Python (copied from a notebook or a page?): it was left out, and all else was graded. Python "
        "itself cannot run this file."
    ]


# ---------------------------------------------------------------- names

TAKING = "\nimport numpy as np\npad2d = pad2d(np.eye(3), 3, 'same')\nprint(pad2d.shape)\n"


@pytest.mark.parametrize(
    "build",
    [
        one_file(RIGHT + TAKING, "my_padding.py"),
        one_file(RIGHT + "\ndel pad2d, output_size\n", "my_padding.py"),
        notebook(RIGHT, TAKING, "print(pad2d.sum())"),
        folder(helper__py=RIGHT + TAKING, my_padding__py="from helper import output_size, pad2d\n"),
    ],
    ids=["file", "deleted", "notebook", "helper"],
)
def test_a_function_is_graded_though_its_name_is_used_again(build, graded):
    result = graded(build)
    assert result.full_marks
    assert "away from what you defined. Give the result another name." in "".join(result.notes)


class Layer:
    """Callable, as modules are."""

    def __call__(self):
        return 1


def test_an_object_does_not_take_the_place_of_its_class_but_another_function_does():
    names = {}
    definitions = Definitions(("f", "Layer", "other"), names)
    steps = [{"f": len, "Layer": Layer}, {"Layer": Layer(), "f": max}, {"f": 3}, {"f": 4, "other": 5}]
    for number, step in enumerate(steps):
        names |= step
        definitions.look(number)
    assert dict(definitions.restore()) == {"Layer": 1, "f": 2}
    assert names == {"f": max, "Layer": Layer, "other": 5}
    assert not list(definitions.restore())


def test_what_is_defined_again_is_no_mistake():
    names = {}
    definitions = Definitions(("f",), names)
    for number, value in enumerate([len, 3, max]):
        names["f"] = value
        definitions.look(number)
    assert not list(definitions.restore())
    assert names["f"] is max
