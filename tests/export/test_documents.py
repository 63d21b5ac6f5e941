"""PDF and DOCX, read back: every question is there, formulas are formulas, pictures are pictures, pages are whole."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generators.export import MissingLibrary, export
from generators.export.pandoc import blocks
from generators.model import Question
from generators.paper import Paper

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no poppler-utils: PDF is not read back")


def spoken(text: str) -> str:
    """The text's letters and digits outside formulas and code marks: what every format has to show."""
    return letters(re.sub(r"\$[^$]*\$", " ", text).replace("`", "").replace("*", ""))


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def pdf_text(data: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def every_text(paper: Paper, key: bool) -> list[str]:
    """What the reader has to find."""

    def of(question: Question) -> list[str]:
        texts = [question.prompt, *(entry.text for entry in (*question.options, *question.items))]
        solution = [*question.solution, *(entry.idea for entry in question.rubric)]
        return texts + solution * key

    return [text for question in paper.questions for text in of(question)]


# ---------------------------------------------------------------- PDF


@needs_poppler
@pytest.mark.parametrize("key", [False, True])
def test_pdf_shows_every_text(every_kind: Paper, key: bool) -> None:
    found = letters(re.sub(r"\n[^\n]*Seed 5\n|Page \d+ of \d+", "\n", pdf_text(export(every_kind, "pdf", key=key))))
    pieces = [piece for text in every_text(every_kind, key) for piece in map(spoken, re.split(r"\$[^$]*\$", text))]
    assert len(pieces) > 50
    missing = [piece for piece in pieces if piece not in found]
    assert missing == []
    assert ("Answersandsolutions" in found) is key
    several = {e.slug for q in every_kind.questions for e in q.misconceptions if "-" in e.slug}  # no plain word
    slugs = [letters(slug) for slug in several]
    assert any(slug in found for slug in slugs) is key


@needs_poppler
def test_pdf_has_a_header_page_numbers_and_marks(every_kind: Paper) -> None:
    data = export(every_kind, "pdf")
    pages = pdf_text(data, "-layout").rstrip("\f").split("\f")
    for number, page in enumerate(pages, 1):
        assert re.match(r"\s*All kinds +Seed 5\n", page)
        assert page.rstrip().endswith(f"Page {number} of {len(pages)}")
    heads = re.findall(r"^(\d+)\. +([A-Z]+) · (\d) marks?$", "\n".join(pages), re.MULTILINE)
    assert heads == [(str(i), q.kind, str(q.marks)) for i, q in enumerate(every_kind.questions, 1)]
    info = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert re.search(r"Title: +All kinds", info)
    assert re.search(r"Tagged: +yes", info)


def margins(page: Path) -> set[bytes]:
    """The colours of the page's outermost 3 %: a PGM's pixels."""
    head, size, top, pixels = page.read_bytes().split(b"\n", 3)
    assert (head, top) == (b"P5", b"255")
    width, height = map(int, size.split())
    edge = width * 3 // 100
    rows = [pixels[i * width : (i + 1) * width] for i in range(height)]
    return {bytes([value]) for row in rows for value in row[:edge] + row[-edge:]}


@needs_poppler
def test_pdf_pages_are_drawn_within_their_margins(every_kind: Paper, hostile: Paper, tmp_path: Path) -> None:
    for name, paper in (("kinds", every_kind), ("hostile", hostile)):
        data = export(paper, "pdf", key=True)
        command = ["pdftoppm", "-r", "50", "-gray", "-", str(tmp_path / name)]
        subprocess.run(command, input=data, capture_output=True, check=True)
        pages = sorted(tmp_path.glob(f"{name}-*.pgm"))
        assert pages
        assert all(margins(page) == {b"\xff"} for page in pages)
        assert min(min(page.read_bytes().split(b"\n", 3)[3]) for page in pages) < 128  # and something is drawn


@pytest.mark.slow
def test_the_same_paper_gives_the_same_bytes(every_kind: Paper) -> None:
    for form in ("pdf", "docx", "ipynb", "html", "md"):
        assert export(every_kind, form, key=True) == export(every_kind, form, key=True), form


# ---------------------------------------------------------------- DOCX


def parts(data: bytes) -> tuple[Any, Any, zipfile.ZipFile]:
    """python-docx's document, the XML of its body, the package."""
    import docx

    package = zipfile.ZipFile(io.BytesIO(data))
    return docx.Document(io.BytesIO(data)), ElementTree.fromstring(package.read("word/document.xml")), package


@pytest.mark.parametrize("key", [False, True])
def test_docx_shows_every_text(every_kind: Paper, key: bool) -> None:
    document, _, _ = parts(export(every_kind, "docx", key=key))
    found = letters("\n".join(paragraph.text for paragraph in document.paragraphs))
    pieces = [piece for text in every_text(every_kind, key) for piece in map(spoken, re.split(r"\$[^$]*\$", text))]
    assert [piece for piece in pieces if piece not in found] == []
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    assert len(heads) == len(every_kind.questions)
    assert all(f"{question.kind} · {question.marks} mark" in head
               for head, question in zip(heads, every_kind.questions, strict=True))  # fmt: skip
    assert document.sections[0].header.paragraphs[0].text == "All kinds\tSeed 5"
    assert 'w:instr="PAGE"' in document.sections[0].footer._element.xml


def test_docx_has_real_formulas_and_pictures_with_descriptions(every_kind: Paper) -> None:
    document, body, package = parts(export(every_kind, "docx"))
    texts = "\n".join(every_text(every_kind, False))
    assert len(body.findall(f".//{M}oMath")) == len(re.findall(r"\$[^$]+\$", texts))
    assert len(body.findall(f".//{M}m")) == texts.count(r"\begin{bmatrix}") > 0
    assert "$" not in "\n".join(paragraph.text for paragraph in document.paragraphs)
    pictures = [question.picture for question in every_kind.questions if question.picture]
    images = [name for name in package.namelist() if name.startswith("word/media/")]
    assert len(images) == len(pictures) > 0
    assert all(package.read(name).startswith(b"\x89PNG") for name in images)
    described = {shape._inline.docPr.get("descr") for shape in document.inline_shapes}
    assert {picture.alt for picture in pictures} <= described


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_nothing_from_a_question_becomes_code(hostile: Paper, form: str) -> None:
    data = export(hostile, form, key=True)
    if form == "docx":
        document, _, _ = parts(data)
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert len(document.tables) == 1
    elif shutil.which("pdftotext"):
        text = pdf_text(data)
    assert letters("<script>alert(1)</script> <b>b</b> & q") in letters(text)
    assert letters("#let x = 1 @ref [x]") in letters(text)
    assert "root:" not in text


def test_markdown_becomes_pandoc_blocks() -> None:
    text = "# a\n\nb *c*\n\n- d\n\n3. e\n\n> f\n\n```\ng\n```\n\n| h |\n|---|\n| i |\n\n---"
    kinds = [node["t"] for node in blocks(text)]
    assert kinds == ["Para", "Para", "BulletList", "OrderedList", "BlockQuote", "CodeBlock", "Table", "HorizontalRule"]


MISSING = [("html", "latex2mathml.converter", "pages"), ("docx", "docx", "documents"),
           ("pdf", "typst", "documents"), ("docx", "pypandoc", "documents")]  # fmt: skip


@pytest.mark.parametrize("form, module, extra", MISSING)
def test_a_missing_library_is_named_with_its_extra(
    every_kind: Paper, monkeypatch: pytest.MonkeyPatch, form: str, module: str, extra: str
) -> None:
    from generators.export import rich_text, tex

    tex.mathml.cache_clear()
    rich_text.inline.cache_clear()
    rich_text.paragraphs.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingLibrary, match=rf"needs {module.partition('.')[0]}: pip install 'cnn-grader\[{extra}\]'"):
        export(every_kind, form)
