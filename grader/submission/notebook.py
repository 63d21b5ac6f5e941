"""The code cells of a notebook as Python sources, without IPython's magics."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from .cells import as_python
from .child import in_child
from .scan import Facts, scan

FOLDER = "notebook"  # where the cells are, as files
TIMING_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun", "%%memit")
WRITEFILE = re.compile(r"""%%(?:writefile|file)\s+(?P<more>-a\s+|--append\s+)?["']?(?P<name>[\w./-]+\.py)["']?""")
NO_CODE = "The notebook has no code cells. Are your functions in a cell of text? Make it one of code."
NEWEST = 4  # of the versions of the format


class NotebookError(Exception):
    """The notebook cannot be read. The message says why."""


def code_cells(data: bytes) -> list[str]:
    """The text of each code cell; a child process reads the notebook. Raises NotebookError."""
    if not data.strip():
        raise NotebookError("it is empty")
    found = in_child(partial(_code_of, data))
    if not isinstance(found, list):
        raise NotebookError(found or "it is too large or too deeply nested")
    return found


def _code_of(data: bytes) -> list[str] | str:
    """The code cells, or why the notebook cannot be read. For a child process: the file may be a bomb.

    What converters forget (metadata, types of cells, ends of lines) is not needed.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"))
        if not 1 <= (version := int(document.get("nbformat", NEWEST))) <= NEWEST:
            raise ValueError(f"its format, version {version}, is not known")
        return [_source(cell) for cell in _all_cells(document) if _is_code(cell)]
    except MemoryError:
        return ""
    except (TypeError, KeyError, AttributeError):
        return "it is not built as notebooks are"
    except Exception as error:
        return str(error)[:300] or type(error).__name__


def other_language(data: bytes) -> str:
    """The language of a notebook's cells, where it names another one than Python."""
    language = in_child(partial(_language_of, data))
    return language if language and "python" not in language.lower() else ""


def _language_of(data: bytes) -> str:
    about = json.loads(data.decode("utf-8-sig")).get("metadata", {})
    kernel, info = about.get("kernelspec", {}), about.get("language_info", {})
    return str(info.get("name") or kernel.get("language") or "")[:40]


def _all_cells(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Old notebooks have them in worksheets."""
    if "cells" not in document and "worksheets" not in document:
        raise ValueError("it has no cells")
    return document["cells"] if "cells" in document else [c for w in document["worksheets"] for c in w["cells"]]


def _is_code(cell: dict[str, Any]) -> bool:
    return bool(cell["cell_type"] == "code" if "cell_type" in cell else "outputs" in cell)


def _source(cell: dict[str, Any]) -> str:
    """A text, or its lines, with or without their ends."""
    source = cell.get("source", cell.get("input")) or ""
    if isinstance(source, str):
        return source
    whole = all(line.endswith("\n") for line in source[:-1])
    return ("" if whole else "\n").join(source)


def written_modules(cells: list[str]) -> dict[str, bytes]:
    """What cells that begin with `%%writefile name.py` write."""
    found: dict[str, str] = {}
    for cell in cells:
        first, _, rest = cell.lstrip().partition("\n")
        if written := WRITEFILE.fullmatch(first.strip()):
            name = written["name"].removeprefix("./")
            found[name] = (found.get(name, "") + "\n" if written["more"] else "") + rest
    return {name: _bytes(text) for name, text in found.items() if _is_inside(name)}


def _is_inside(name: str) -> bool:
    """Whether a path stays in the notebook's folder, beside its cells."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.parts[0] != FOLDER


def as_sources(cells: list[str]) -> tuple[dict[str, bytes], dict[str, Facts]]:
    """Each cell as a file, and each file's facts. A cell that is no Python is read as the notebook reads it."""
    texts = {f"{FOLDER}/cell_{i:03d}.py": _without_cell_magic(cell) for i, cell in enumerate(cells, 1)}
    facts = scan({name: _bytes(text) for name, text in texts.items()})
    strange = {name: text for name, text in texts.items() if facts[name].problem or facts[name].strays}
    read = {name: new for name, text in strange.items() if (new := as_python(text)) != text}
    facts |= scan({name: _bytes(text) for name, text in read.items()})
    return {name: _bytes(text) for name, text in (texts | read).items()}, facts


def joined_cells(cells: list[Facts]) -> tuple[Facts, list[str]]:
    """The facts of all cells that parse as those of one file, and a note about each of the others."""
    readable = [f for f in cells if not f.problem]
    facts = Facts(
        defined={n: a for f in readable for n, a in f.defined.items()},
        imports=[i for f in readable for i in f.imports],
        calls=[c for f in readable for c in f.calls],
        uses={k: v for f in readable for k, v in f.uses.items()},
        endings={name: habit for f in readable for name, habit in f.endings.items()},
        signatures={name: own for f in readable for name, own in f.signatures.items()},
        attributes={name: own for f in readable for name, own in f.attributes.items()},
        problem="" if readable else (cells[0].problem if cells else NO_CODE),
    )
    return facts, [f"cell {i} was skipped: {f.problem}" for i, f in enumerate(cells, 1) if f.problem]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _without_cell_magic(cell: str) -> str:
    """A cell that starts with %%time is still Python; one that starts with %%bash is not."""
    first, _, rest = cell.lstrip().partition("\n")
    if not first.startswith("%%"):
        return cell
    return f"# {first}\n{rest}" if first.split()[0] in TIMING_MAGICS else ""
