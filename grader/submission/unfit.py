"""What is said of a file in which nothing is what an exercise asks for, and of what is no file to grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from generators.closest import asked, closest

from ..exercise import all_exercises
from ..report.near import sentences
from .near import near_names
from .scan import Facts

MOST = 3  # names or files that are told
NOTHING = "It defines nothing that an exercise asks for."
ANYWAY = "--exercise SLUG grades it all the same."
UNREAD = "It is not known for which exercise it is; with --exercise SLUG it is graded, and gets no points."
BEGIN = "`grade start conv` writes a file to begin with."
DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf", ".html", ".htm")
COMPILED = (".pyc", ".pyo", ".pyd", ".so")
BACKUPS = "bak|old|orig|new|save|tmp|download|crdownload|part"
CODE = re.compile(rf"(.+\.(?:py|ipynb))(?:w|3|~|\.(?:{BACKUPS}|\d+))$", re.IGNORECASE)
ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")


def nothing_asked_for(facts: Facts) -> str:
    """Why a file is for no exercise, and what to do."""
    if facts.problem:
        return f"{facts.problem}\n{UNREAD}"
    if not (facts.defined or facts.signatures or facts.imports):
        return f"Nothing is written in it. Write your functions and save the file; {BEGIN}"
    names = dict.fromkeys(name for exercise in all_exercises() for name in exercise.names)
    near = sentences(near_names(facts, names, names))[:MOST]
    return " ".join([NOTHING, *(near or ["`grade list` shows the names.", ANYWAY])])


def not_gradable(path: Path) -> str:
    """What to do with a file of another kind."""
    name, ending = path.name, path.suffix.lower()
    if ending in COMPILED:
        return f"{path} was made by Python from your source. Hand in the .py file."
    if code := CODE.match(name):
        return f"{path}: rename it to {code[1]}, and hand in that."
    if is_renamed(name):
        return (
            f"{path} is named as text. Rename it to {path.stem} and hand in that: "
            "your system may hide the last ending of a name."
        )
    if ending in DOCUMENTS:
        return f"{path} is a document, not code. Paste the code into a plain text file, such as {path.stem}.py."
    if ending in ARCHIVES:
        return f"{path} cannot be unpacked here. Pack the files as a plain .zip."
    return f"{path}: hand in a .py, .ipynb or .zip file, or a folder."


def is_renamed(name: str) -> bool:
    """Whether a name has the ending of a source, and one of text behind it: `sol.py.txt`, `lab.ipynb.json`."""
    path = Path(name.lower())
    return path.suffix in (".txt", ".json", ".md") and Path(path.stem).suffix in (".py", ".ipynb")


def not_there(path: Path) -> str:
    """What to do where there is no such file: one of a similar name may be meant."""
    if path.is_symlink():
        return f"{path} is a link to a file that is not there. Hand in the file itself."
    if path.parts[:1] in (("http:",), ("https:",)):
        return f"{path}: download the file, and hand in that."
    there = _entries(path.parent)
    same = [name for name in there if Path(name).stem == path.name]  # the ending was left out
    question = asked(same or closest(path.name, there))
    if not question and path.name in {exercise.slug for exercise in all_exercises()}:
        question = f" `grade start {path.name}` writes my_{path.name}.py."
    return f"{path}: there is no such file.{question or ' Is the name right, and the folder?'}"


def nothing_inside(path: Path) -> str:
    """What to do with a folder or an archive without sources."""
    names = _entries(path)
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    held = f" (only {', '.join(names[:MOST])}{more})" if names else ""
    return f"{path} holds no .py or .ipynb file{held}. Put your solution into it, or hand in the file itself."


def beside(main: str, facts: Mapping[str, Facts], wanted: Set[str]) -> Iterator[str]:
    """A note on sources that define what is asked for, too, and are neither graded nor imported."""
    used = {part for own in facts.values() for module in own.imports for part in module.split(".")}
    asked = [name for name, own in facts.items() if name != main and wanted & own.signatures.keys()]
    others = [name for name in asked if Path(name).stem not in used]
    if others:
        more = f" and {len(others) - MOST} more" if len(others) > MOST else ""
        yield f"Graded is {main}. Not graded: {', '.join(others[:MOST])}{more}. Hand in by itself what is to count."


def _entries(folder: Path) -> list[str]:
    try:
        return sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))
    except OSError:
        return []
