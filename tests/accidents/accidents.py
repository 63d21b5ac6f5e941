"""Forty accidents: what a student did to a right solution, as files that are handed in."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from grader.root import ROOT
from tests.files import Build, one_file, written

RIGHT = (ROOT / "solutions" / "padding.py").read_text(encoding="utf-8")
FIRST, SECOND = RIGHT.split("\n\n\ndef pad2d", 1)
SECOND = "def pad2d" + SECOND


def file(data: str | bytes, name: str = "my_padding.py") -> Build:
    """One file."""
    return one_file(data, name)


def below(lines: str) -> Build:
    """The right solution, and lines below it."""
    return file(f"{RIGHT}\n\n{lines}\n")


def between(lines: str) -> Build:
    """The same with the lines between its functions."""
    return file(f"{FIRST}\n\n\n{lines}\n\n\n{SECOND}")


def above(lines: str, more: str = "") -> Build:
    """The same with the lines at its top."""
    return file(f"{lines}\n{RIGHT}\n{more}")


def folder(**files: str | bytes) -> Build:
    """A folder of files; `__` in a name stands for its dot."""

    def build(where: Path) -> Path:
        for name, data in files.items():
            written(where / "handed_in" / name.replace("__", "."), data)
        return where / "handed_in"

    return build


def zipped(**files: str | bytes) -> Build:
    """The same packed."""

    def build(where: Path) -> Path:
        with zipfile.ZipFile(where / "handed_in.zip", "w") as out:
            for name, data in files.items():
                out.writestr(f"handed_in/{name.replace('__', '.')}", data)
        return where / "handed_in.zip"

    return build


def renamed(build: Build, name: str) -> Build:
    """The same under another name."""
    return lambda where: build(where).rename(where / name)


def cell(source: object, **more: object) -> dict[str, object]:
    """A cell of code."""
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source} | more


def notebook(*cells: object, **more: object) -> Build:
    """A notebook of these cells; texts are cells of code."""
    whole = [cell(c) if isinstance(c, str) else c for c in cells]
    document = {"cells": whole, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more
    return file(json.dumps(document), "my_padding.ipynb")


def bare(source: str) -> dict[str, object]:
    """A cell as a converter leaves it, without all that is not needed."""
    return {"cell_type": "code", "source": source}


ARGUMENTS = (
    "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('image')\nargs = parser.parse_args()"
)
INPUT = "while True:\n    try:\n        size = int(input('size? '))\n        break\n    except:\n        print('again')"
BRANCH = "    while mode == 'full':\n        pass\n"
HANGING = RIGHT.replace("    widths =", f"{BRANCH}    widths =")
TESTS = "import unittest\n\n\nclass Test(unittest.TestCase):\n    def test(self):\n        pass\n\n\nunittest.main()"
OLD = {"worksheets": [{"cells": [{"cell_type": "code", "input": RIGHT.splitlines(keepends=True)}]}], "nbformat": 3}
HELPER = RIGHT + "\nimages = np.load('images.npy')\n"
USE = "from helper import output_size, pad2d\n"

NUMBA = "from numba_of_tomorrow import njit\n\n\n@njit\ndef fast():\n    return 1"
LATIN = f"# -*- coding: latin-1 -*-\n# caf\xe9\n{RIGHT}".encode("latin-1", "replace")
STARTER = "def output_size(W, F, P=0, S=1):\n    raise NotImplementedError\n"
READING = RIGHT + "\nwords = open('words.txt').read()\nassert words == 'a b'\n"
WRITING = f"%%writefile my_padding.py\n{RIGHT}"

INDENTED = "".join(f"    {line}\n" if line else "\n" for line in RIGHT.splitlines())
STRICT = 'import warnings\nimport numpy as np\nnp.seterr(all="raise")\nwarnings.simplefilter("error")'
CHAT = f"1. Install it:\n   ```bash\n   pip install numpy\n   ```\n2. Then:\n```python\n{RIGHT}```\n"
SESSION = ">>> import math\n>>> for x in (1, 2):\n...     print(x)\n...\n"
DEBUGGED = "import pdb; pdb.set_trace()"
NEGATED = RIGHT.replace("    widths =", "    odd = !even\n    widths =")
TWO = "def two():\n    return 2\n"
TWICE = RIGHT.replace("+ 2 * P", "+ two() * P")

ACCIDENTS: dict[str, Build] = {
    "loads a file that is not there": below('data = np.load("data.npy")\nprint(data.shape)'),
    "imports pandas, and does not use it": above("import pandas_of_tomorrow as pd"),
    "reads a table with pandas": above("import pandas_of_tomorrow as pd", "df = pd.read_csv('a.csv')\nx = df['a'] + 1"),
    "imports what only Colab has": above("from google.colab import drive", "drive.mount('/content/drive')"),
    "imports TensorFlow for something else": above("import tensorflow as tf", "print(tf.constant(1) + 1)"),
    "tests with torch in a NumPy exercise": below("import torch\nassert torch.ones(2).sum() == 2"),
    "imports scikit-learn, which needs SciPy": above("from sklearn.metrics import accuracy_score"),
    "decorates with numba, which is not installed": between(NUMBA),
    "draws pictures": below("import matplotlib.pyplot as plt\nplt.imshow(pad2d(np.eye(3), 3, 'same'))\nplt.show()"),
    "asks for input": below('n = int(input("n? "))\nprint(n)'),
    "asks for input until it is a number": between(INPUT),
    "ends the program": between("import sys\nsys.exit()"),
    "ends the program with quit()": between("quit()"),
    "reads arguments with argparse": below(ARGUMENTS),
    "reads sys.argv": below("import sys\nprint(sys.argv[1])"),
    "ends with unittest.main()": below(TESTS),
    "asserts what is not so": between("assert output_size(7, 3) == 4"),
    "misspells a variable in a test": below("image = np.eye(3)\nprint(pad2d(imgae, 3, 'same'))"),
    "calls the function wrongly in a test": below("print(pad2d(np.eye(3)))"),
    "trains at the top level, for a minute": between("for epoch in range(10**10):\n    loss = epoch"),
    "prints without end": between("while True:\n    print('training')"),
    "recurses without end": between("def again():\n    again()\n\n\nagain()"),
    "asks for more memory than there is": below("weights = np.zeros((10**6, 10**6))"),
    "fills the memory with pictures": between("pictures = [np.ones((1000, 1000)) for _ in range(1000)]"),
    "ends the process, no exception": below("import os\nos._exit(0)"),
    "crashes in compiled code": between("import ctypes\nctypes.string_at(0)"),
    "changes to a folder of their own computer": between('import os\nos.chdir("C:/Users/me/cnn")'),
    "leaves `return` outside of a function": below("return pad2d"),
    "imports a module of their own that was not handed in": above("from my_tools import show", "show(1)"),
    "imports from a package around the file": above("from .tools import show"),
    "gives the result the name of the function": below("pad2d = pad2d(np.eye(3), 3, 'same')\nprint(pad2d.shape)"),
    "calls for help": below("help(pad2d)"),
    "calls the file random.py, and imports random": file(RIGHT + "\nimport random\nrandom.seed(0)\n", "random.py"),
    "copies the whole answer of a chat": file(f"Here it is:\n\n```python\n{RIGHT}```\n\nCall `pad2d` to try it.\n"),
    "copies a notebook's commands": above("%matplotlib inline\n!pip install numpy", "pad2d?"),
    "copies the answer of a chat with a command for the shell": file(CHAT),
    "writes `not` as C does": file(NEGATED),
    "makes overflows and warnings errors": above(STRICT),
    "leaves a breakpoint in a function": file(RIGHT.replace("    widths =", "    breakpoint()\n    widths =")),
    "leaves a debugger's line in a function": file(RIGHT.replace("    widths =", f"    {DEBUGGED}\n    widths =")),
    "decorates for a profiler": file(RIGHT.replace("def pad2d", "@profile\ndef pad2d")),
    "asks for input in a function": file(RIGHT.replace("    widths =", "    input('mode? ')\n    widths =")),
    "indents all of the file": file(INDENTED),
    "copies quotes and spaces of a page": below("print(\u201cdone\u201d,\u00a0pad2d)"),
    "leaves the starter below the solution": file(RIGHT + "\n\n" + STARTER),
    "calls a notebook my_padding.py": file(json.dumps({"cells": [cell(RIGHT)], "metadata": {}, "nbformat": 4})),
    "calls a source my_padding.ipynb": file(RIGHT, "my_padding.ipynb"),
    "calls an archive my_padding.py": renamed(zipped(my_padding__py=RIGHT), "my_padding.py"),
    "gives a default that is not defined": file(RIGHT.replace("S=1", "S=ONE")),
    "has an endless loop in one branch": file(HANGING),
    "saves with a byte order mark and Windows' line ends": file(b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode()),
    "saves in Latin-1, and says so": file(LATIN),
    "calls the file numpy.py": file(RIGHT, "numpy.py"),
    "calls the file `my padding (1).py`": file(RIGHT, "my padding (1).py"),
    "hands in a folder whose helper module fails at its end": folder(helper__py=HELPER, my_padding__py=USE),
    "hands in a folder with the starter beside the solution": folder(
        my_padding__py=STARTER + STARTER.replace("output_size", "pad2d"), solved__py=RIGHT
    ),
    "hands in a folder with two versions": folder(my_padding__py=RIGHT, my_padding_old__py=RIGHT),
    "imports from a package around the file, and hands it in": folder(
        tools__py=TWO, my_padding__py=f"from .tools import two\n{TWICE}"
    ),
    "hands in a folder with the data": folder(my_padding__py=READING, words__txt="a b"),
    "hands in an archive with the data": zipped(my_padding__py=READING, words__txt="a b"),
    "hands in an archive with notebook and helper": zipped(
        helper__py="def double(x):\n    return 2 * x\n",
        work__ipynb=json.dumps({"cells": [bare("from helper import double\n" + RIGHT)], "nbformat": 4}),
    ),
    "a cell fails": notebook("1 / 0", RIGHT),
    "a cell fails before the definition in it": notebook("import numpy as np\nnp.load('x.npy')\n" + RIGHT),
    "a cell is no Python": notebook("def broken(:", RIGHT),
    "a notebook with shell and magic commands": notebook("!pip install numpy\n%matplotlib inline\n" + RIGHT, "pad2d?"),
    "a cell is indented as a whole": notebook(INDENTED),
    "a cell has the prompts of a session": notebook(SESSION, RIGHT),
    "a command goes on in the next line": notebook("!pip install \\\n    numpy\n" + RIGHT),
    "a notebook runs a file that is handed in with it": zipped(
        work__ipynb=json.dumps({"cells": [bare("%run tools.py"), bare(TWICE)], "nbformat": 4}), tools__py=TWO
    ),
    "a notebook whose cells have no metadata": notebook(bare(RIGHT)),
    "a notebook whose lines have no ends": notebook(cell(RIGHT.splitlines())),
    "a notebook of ten years ago": file(json.dumps(OLD), "my_padding.ipynb"),
    "a notebook that writes the module and imports it": notebook(WRITING, "from my_padding import *"),
    "a notebook that only writes the module": notebook(WRITING, "!python my_padding.py"),
}  # fmt: skip
