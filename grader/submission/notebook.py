"""The code cells of a notebook as Python sources, without IPython's magics."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from .child import in_child
from .scan import Facts, scan

FOLDER = "notebook"  # where the cells are, as files
TIMING_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun", "%%memit")
MAGIC = re.compile(r"^[ \t]*([%!?]|[\w.]+\?{1,2}[ \t]*$|[\w, ]+=[ \t]*[%!])", re.MULTILINE)


class NotebookError(Exception):
    """The notebook cannot be read. The message says why."""


def code_cells(data: bytes) -> list[str]:
    """The text of each code cell; a child process reads the notebook. Raises NotebookError."""
    found = in_child(partial(_code_of, data))
    if not isinstance(found, list):
        raise NotebookError(found or "it is too large or too deeply nested")
    return found


def _code_of(data: bytes) -> list[str] | str:
    """The code cells, or why the notebook cannot be read. For a child process: the file may be a bomb."""
    import nbformat

    untyped: Any = nbformat
    try:
        document = untyped.convert(untyped.reader.reads(data.decode("utf-8-sig")), 4)  # validating can take minutes
        return [str(c["source"]) for c in document["cells"] if c["cell_type"] == "code"]
    except MemoryError:
        return ""
    except Exception as error:  # nbformat lets many kinds through
        return str(error)[:300] or type(error).__name__


def as_sources(cells: list[str]) -> tuple[dict[str, bytes], list[Facts]]:
    """Each cell as a file, and each file's facts. Magics are taken out of cells that do not parse with them."""
    texts = {f"{FOLDER}/cell_{i:03d}.py": _without_cell_magic(cell) for i, cell in enumerate(cells, 1)}
    facts = scan({name: _bytes(text) for name, text in texts.items()})
    magic = {n: _without_magics(text) for n, text in texts.items() if facts[n].problem and MAGIC.search(text)}
    facts |= scan({name: _bytes(text) for name, text in magic.items()})
    return {name: _bytes(text) for name, text in (texts | magic).items()}, [facts[name] for name in texts]


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
        problem="" if readable else (cells[0].problem if cells else "The notebook has no code cells."),
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


def _without_magics(cell: str) -> str:
    """`%magic`, `!shell`, `help?`, `x = !shell` and `x = %magic` do nothing."""
    return "\n".join(_commented(line) if MAGIC.match(line) else line for line in cell.split("\n"))


def _commented(line: str) -> str:
    text = line.lstrip()
    return f"{line[: len(line) - len(text)]}pass  # {text}"
