"""Names that are missing: no points for what is not there, and a word about what the file has in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.exercise import load_exercise
from grader.gradebook.findings import from_rows, to_rows
from grader.judge.near import FileNames
from grader.model import CheckResult, Verdict
from grader.model.findings import Asked, NotDefined, Raised
from grader.model.near import Near, NearPlace
from grader.report import causes, message
from grader.root import ROOT
from grader.submission.files import SubmissionError
from grader.submission.load import find_exercises, load
from grader.submission.scan import read

CONV = (ROOT / "solutions" / "conv.py").read_text()
BACKPROP = (ROOT / "solutions" / "backprop.py").read_text()
INDENTED = "\n".join(f"    {line}" if line else line for line in CONV.partition("\n\n\n")[2].splitlines())
HEAD = CONV.partition("\n\n\n")[0]
SOLUTION = f"{HEAD}\n\nclass Solution:\n" + INDENTED.replace("(X,", "(self, X,")
MAIN = f"{HEAD}\n\ndef main():\n{INDENTED}\n"
SCRIPT = f'{HEAD}\n\nif __name__ == "__main__":\n{INDENTED}\n'

RENAMED = {
    "conv2D": (CONV.replace("def conv2d(", "def conv2D("), "conv2d", "Your file has `conv2D`. Did you mean `conv2d`?"),
    "conv2d_multi_channel": (
        CONV.replace("def conv2d_multichannel", "def conv2d_multi_channel"),
        "conv2d_multichannel",
        "Your file has `conv2d_multi_channel`. Did you mean `conv2d_multichannel`?",
    ),
    "class Solution": (SOLUTION, "conv2d", "`conv2d` is a method of your class `Solution`. Write it as a function"),
    "inside main": (MAIN, "conv2d", "`conv2d` is defined inside `main`. Move it out"),
    "as a script": (SCRIPT, "conv2d", '`conv2d` is defined under `if __name__ == "__main__":`'),
}


@pytest.mark.parametrize("name", RENAMED)
def test_a_name_that_is_close_is_asked_for_and_gives_no_points(name, grade_source):
    source, missing, said = RENAMED[name]
    result = grade_source(source)
    lost = [c for c in result.checks if c.findings and isinstance(c.findings[0], NotDefined)]
    assert lost
    assert all(c.score == 0 and c.verdict is Verdict.NOT_DEFINED for c in lost)
    assert missing not in result.done
    cause = next(c for c in result.causes if c.subject == missing)
    assert causes.step(cause, result).startswith(said)
    assert said in message.message(next(c for c in lost if c.name in cause.checks))


def test_nothing_is_guessed_where_nothing_is_close(grade_source):
    result = grade_source("def solve(X, K):\n    return X\n\ndef main():\n    return 1\n")
    assert not any(causes.step(cause, result) for cause in result.causes)
    assert all(f.near == () for c in result.checks for f in c.findings if isinstance(f, NotDefined))


def test_another_function_of_the_exercise_stands_for_none(grade_source):
    only = CONV.partition("def conv2d_multichannel")[0]
    result = grade_source(only)
    assert [causes.step(cause, result) for cause in result.causes] == [""]


def test_a_parameter_that_is_close_is_asked_for(grade_source):
    result = grade_source(CONV.replace("padding", "pading"))
    said = [message.message(causes.shown(cause, result)) for cause in result.causes]
    assert len(said) == 2
    assert all(text.endswith("has a parameter `pading`. Did you mean `padding`?") for text in said)
    assert {c.name for c in result.checks if c.score < c.max_score} >= {"keywords", "channels_keywords"}


def test_an_attribute_that_is_close_is_asked_for(grade_source):
    result = grade_source(BACKPROP.replace(".dW", ".dw"), "backprop")
    said = [message.message(causes.shown(cause, result)) for cause in result.causes]
    assert said
    assert all("` has `dw`. Did you mean `dW`?" in text for text in said)


@pytest.mark.slow
def test_a_method_that_is_close_is_asked_for(grade_source):
    result = grade_source(BACKPROP.replace("def backward", "def backwards"), "backprop")
    assert any(
        "has `backwards`. Did you mean `backward`?" in message.message(causes.shown(cause, result))
        for cause in result.causes
    )


@pytest.mark.parametrize(
    ("raised", "call"),
    [
        ("AttributeError", "BatchNorm2D.dgamma"),  # `gamma` is asked for, too
        ("TypeError", "BatchNorm2D.forward"),
    ],
)
def test_what_the_reference_has_too_stands_for_nothing(raised, call):
    from grader.judge.near import with_near

    exercise = load_exercise("batchnorm")
    source = exercise.reference_file.read_text().replace("self.dgamma", "self.other")
    found = Raised(kind=raised, asked=Asked(call, arguments=(("X", 1), ("inputs", 2))))
    check = CheckResult("x", "X.", Verdict.RUNTIME_ERROR, 0, 1, (found,))
    (after,) = with_near([check], read(source.encode(), "a.py"), exercise)
    assert after == replace(check, findings=after.findings)
    assert after.findings[0].near == ()


def test_the_gradebook_keeps_what_is_near():
    near = (Near("dW", "dw", NearPlace.ATTRIBUTE, "Conv2D"),)
    found = (NotDefined(names=("conv2d",), near=near), Raised(kind="TypeError", near=near))
    assert from_rows(to_rows(found)) == found


@pytest.mark.slow
def test_thousands_of_long_names_are_not_compared(tmp_path):
    lines = [f"def f{'x' * 2000}{i}():\n    pass" for i in range(300)] + [f"def g{i}(): pass" for i in range(9000)]
    (tmp_path / "a.py").write_text("\n".join(lines))
    with pytest.raises(SubmissionError, match="`grade list` shows the names"):
        find_exercises(load(tmp_path / "a.py"))


# ---------------------------------------------------------------- before anything is graded


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.py", CONV.replace("def conv2d(", "def Conv2d(").replace("multichannel", "multi_channel"),
         "Did you mean `Conv2D` or `conv2d`? Your file has `conv2d_multi_channel`. Did you mean `conv2d_multich"),
        ("a.py", SOLUTION, "`conv2d` and `conv2d_multichannel` are methods of your class `Solution`."),
        ("a.py", "def solve():\n    pass\n", "`grade list` shows the names."),
        ("a.py", "# my work\n", "Nothing is written in it. Write your functions and save the file"),
        ("sol.py.txt", CONV, "Rename it to sol.py"),
        ("lab.ipynb.json", "{}", "Rename it to lab.ipynb"),
        ("sol.docx", CONV, "is a document, not code. Paste the code into a plain text file, such as sol.py."),
        ("sol.rar", CONV, "Pack the files as a plain .zip."),
        ("sol.c", CONV, "hand in a .py, .ipynb or .zip file, or a folder."),
    ],
)  # fmt: skip
def test_what_cannot_be_graded_says_what_to_do(tmp_path, name, content, said):
    (tmp_path / name).write_text(content)
    with pytest.raises(SubmissionError) as raised:
        find_exercises(load(tmp_path / name))
    assert said in str(raised.value)


def test_a_folder_without_sources_names_what_it_holds(tmp_path):
    for name in ("notes.pdf", "a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("x")
    with pytest.raises(SubmissionError, match=r"holds no .py or .ipynb file \(only a.txt, b.txt, c.txt and 1 more\)"):
        load(tmp_path)


@pytest.mark.parametrize("typed", ["my_cnov.py", "my_conv", "My_Conv.py"])
def test_a_file_of_a_similar_name_is_asked_for(tmp_path, typed):
    (tmp_path / "my_conv.py").write_text(CONV)
    with pytest.raises(SubmissionError, match=r"there is no such file. Did you mean `my_conv.py`\?"):
        load(tmp_path / typed)


# ---------------------------------------------------------------- self



def test_a_function_with_the_parameter_of_a_method_is_told_to_delete_it(grade_source):
    result = grade_source(CONV.replace("def conv2d(X", "def conv2d(self, X"))
    said = "`conv2d` is a function, not a method: delete its parameter `self`."
    assert said in "".join(message.message(check) for check in result.checks)


@pytest.mark.parametrize(
    ("said", "source", "told"),
    [
        ("Net.forward() takes 1 positional argument but 2 were given", "class Net:\n def forward(x): pass\n", True),
        ("Net.forward() takes 1 positional argument but 3 were given", "class Net:\n def forward(x): pass\n", False),
        ("Net.forward() takes 1 positional argument but 2 were given", "class Net:\n def forward(self): pass\n", False),
        ("f() takes 1 positional argument but 2 were given", "def f(x): pass\n", False),
    ],
)
def test_a_method_without_self_is_told_so(said, source, told):
    found = Raised(kind="TypeError", type="TypeError", said=said, asked=Asked(call="Net", arguments=()))
    near = FileNames(read(source.encode(), "a.py"), load_exercise("resnet")).added(found).near
    assert (near == (Near("self", "self", NearPlace.LEFT_OUT, "Net.forward"),)) is told
    assert bool(near) is told
