"""The page in a real browser fits its window."""

from __future__ import annotations

import html
import subprocess
from pathlib import Path

import pytest

from grader.model import Misconception, Result, Verdict
from grader.report.html import to_html
from tests.browser import CHROMIUM, QUIET
from tests.report.pages import check, differing, result, told

WRAPPER = """<!doctype html><body style="margin: 0">
<iframe style="border: 0; width: {width}px; height: 3000px"
srcdoc="{page}"></iframe><p id="found"></p><script>
onload = () => {{
  const page = document.querySelector("iframe").contentDocument, all = page.documentElement;
  const outside = [...page.querySelectorAll("body *")].filter(
    e => !e.closest(".maps, pre, .unseen, svg") && e.getBoundingClientRect().right > {width} + 1);
  const styled = getComputedStyle(page.querySelector("main")).maxWidth;
  document.getElementById("found").textContent =
    `width=${{all.clientWidth}} scroll=${{all.scrollWidth}} outside=${{outside.length}} styled=${{styled}}`;
}};
</script>"""


def shown(folder: Path, *arguments: str) -> str:
    command = [CHROMIUM, *QUIET, "--headless", "--hide-scrollbars"]
    profile = f"--user-data-dir={folder / 'profile'}"
    done = subprocess.run([*command, profile, *arguments], capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def wide_result() -> Result:
    """What is most likely to break the layout: wide pictures, words without spaces."""
    window = [[(-1.234567e-5) ** (i % 3) * 10.0 ** (j % 7) for j in range(12)] for i in range(12)]
    other = [[-v for v in row] for row in window]
    wide = differing(window, other, index=[0, 0], expected_value=1.0, actual_value=-1.0)
    word = "x" * 300
    named = Misconception("m", word, word)
    checks = [
        check(title=word, findings=(told(word, wide),), misconception=named),
        check(Verdict.ACCEPTED, score=1.0),
    ]
    return result(*checks, title=word, file=word, stdout=word, notes=[word])


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the page is not looked at")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_the_window(tmp_path, width):
    page = to_html([wide_result(), result(check())])
    wrapper = tmp_path / "wrapper.html"
    wrapper.write_text(WRAPPER.format(width=width, page=html.escape(page)), encoding="utf-8")
    size = f"--window-size={max(width, 500)},3000"
    dom = shown(tmp_path, size, "--dump-dom", wrapper.as_uri())
    assert f"width={width} scroll={width} outside=0 styled=" in dom
    assert "styled=none" not in dom  # the policy lets the page's own style in
    picture = tmp_path / "page.png"
    shown(tmp_path, size, f"--screenshot={picture}", wrapper.as_uri())
    assert picture.stat().st_size > 20_000
