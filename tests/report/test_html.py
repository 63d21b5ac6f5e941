"""The page: nothing of a submission gets out of its text; the pictures show the right numbers."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.clean import clean
from grader.model import CheckResult, Misconception, Result, Verdict
from grader.model.cause import Cause, Why
from grader.model.findings import NotReadable, Told
from grader.report import palette
from grader.report.evidence import Evidence
from grader.report.heatmap import heat_maps, short
from grader.report.html import to_html

FLIPPED = Misconception("kernel-flipped", "Kernel flipped", "You turned `K` by 180 degrees.")
VOID = {"meta", "rect"}
TAGS = set(
    "a b bdi body caption code details div figcaption figure footer h1 h2 h3 h4 head header html i li main "
    "meta ol p pre rect section span style summary svg table tbody td th thead title tr ul".split()
)
ATTRIBUTES = set(
    "aria-hidden aria-label aria-labelledby charset class content height href http-equiv id lang name role "
    "scope tabindex title width x y".split()
)


class Page(HTMLParser):
    """A strict reader: every tag closed in order, only known tags and attributes."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.text: list[str] = []
        self.comments: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        assert tag in TAGS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        assert all(value.startswith("#") for name, value in attrs if name == "href")
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self.handle_starttag(tag, attrs)
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.open and self.open[-1] in ("td", "th"):
            self.tables[-1][-1][-1] += data


def read(text: str) -> Page:
    page = Page(text)
    assert page.open == []
    assert page.comments == []
    return page


def check(verdict: Verdict = Verdict.WRONG_ANSWER, **changes) -> CheckResult:
    base = {"name": "stride", "title": "Stride", "verdict": verdict, "score": 0.0, "max_score": 1.0}
    return CheckResult(**base | changes)


def result(*checks: CheckResult, **changes) -> Result:
    base = {
        "exercise": "conv",
        "title": "Convolution",
        "file": "my_conv.py",
        "seed": 7,
        "isolation": "confined",
    }
    return Result(**base | {"checks": list(checks)} | changes)


def told(text: str, evidence: Evidence | None = None) -> Told:
    return Told(text=text, evidence=None if evidence is None else vars(evidence))


def differing(expected: list, actual: list, **changes) -> Evidence:
    shape = [len(expected), len(expected[0])]
    base = {"expected_shape": shape, "actual_shape": [len(actual), len(actual[0])], "origin": [0, 0]}
    return Evidence("conv2d(<array 4×4>)", expected=expected, actual=actual, **base | changes)


# ---------------------------------------------------------------- hostile text

PIECES = [
    *"<>&\"'`{}%#/=\\", "<script>", "</script>", "</style>", "</pre>", "</title>", "<!--", "-->", "]]>",
    "<img src=x onerror=x>", 'x" onload="x', "' style='x", "javascript:", "&lt;", "&#x3c;", "{{ 7*7 }}",
    "{% raw %}", "\x00", "\x1b[31m", "\u202e", "\u2066", "\ud800", "\r\n", "\u2028", "\t", "𝔘", "é",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)


@settings(max_examples=60, deadline=None)
@given(*[HOSTILE] * 8)
def test_hostile_text_stays_text(message, title, file, stdout, note, hint, error, call):
    named = Misconception(title, hint, message)
    evidence = Evidence(call, [2], [2], [0], hint, "nan", None, [[1.0, 2.0]], [["nan", title]], [0])  # type: ignore[list-item]
    checks = [
        check(title=title, findings=(told(f"{call}\n{message}", evidence),), misconception=named),
        check(Verdict.INTERNAL_ERROR, findings=(told(message),)),
        check(Verdict.RUNTIME_ERROR, findings=(told(error),)),
    ]
    hostile = result(
        *checks, title=title, file=file, stdout=stdout, notes=[note], unloaded=NotReadable(text=error), exercise=title
    )
    text = to_html([hostile, hostile])
    text.encode()
    shown = "".join(read(text).text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert clean(file, 200) in shown
    assert not stdout.strip() or clean(stdout.rstrip()) in shown


def test_sizes_are_bounded():
    long = "x" * 1_000_000
    many = [[float(i) for i in range(500)]] * 500
    evidence = Evidence(long, [500, 500], [500, 500], [0, 0], 1.0, 2.0, 1.0, many, many, [0, 0])
    checks = [
        check(findings=(told(long, evidence),), title=long, misconception=Misconception(long, long, long))
    ]
    unloaded = NotReadable(text=long)
    page = to_html([result(*checks, file=long, stdout=long, notes=[long] * 100, title=long, unloaded=unloaded)])
    assert len(page) < 250_000


def test_the_policy_allows_nothing_but_the_pages_own_style():
    text = to_html([result(check())])
    policy = html.unescape(re.search(r'Policy" content="([^"]*)"', text)[1])
    style = re.search(r"<style>(.*?)</style>", text, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "style=" not in text
    assert not re.search(r"url\(|@import|https?:|<script|<link", text)


def test_code_is_set_between_backticks_only_when_they_pair():
    text = to_html([result(check(title="`<b>` and `K[m]`"), check(title="a ` alone"))])
    assert "<code>&lt;b&gt;</code> and <code>K[m]</code>" in text
    assert "a ` alone" in text


# ---------------------------------------------------------------- what is shown


def test_misconceptions_come_first_with_their_checks():
    checks = [
        check(name="a", misconception=FLIPPED),
        check(Verdict.ACCEPTED, score=1.0),
        check(name="c", misconception=FLIPPED),
    ]
    text = to_html([result(*checks, causes=(Cause(Why.NAMED, ("a", "c"), 2.0, "kernel-flipped"),))])
    shown = " ".join("".join(read(text).text).split())
    assert "Kernel flipped You turned K by 180 degrees. Costs 2 points, in checks 1 and 3." in shown
    assert shown.index("Look here first") < shown.index("Stride")
    assert text.count("You turned") == 1
    assert 'href="#check-3"' in text
    assert 'id="check-3"' in text


def test_score_title_file_footer():
    shown = " ".join(
        "".join(read(to_html([result(check(), check(Verdict.ACCEPTED, score=1.0))])).text).split()
    )
    for part in ("Convolution", "my_conv.py", "1 of 2 points", "solation: confined", "seed 7", "0.1.0"):
        assert part in shown
    assert "grade submit my_conv.py --exercise conv --seed 7" in shown


def test_a_file_name_is_quoted_in_the_command():
    shown = "".join(read(to_html([result(check(), file="a b; rm -rf ~.py")])).text)
    assert "grade submit 'a b; rm -rf ~.py'" in shown


def test_a_load_error_is_shown_once():
    why = NotReadable(text="line 3: invalid syntax")
    checks = [check(Verdict.RUNTIME_ERROR, findings=(why,)) for _ in range(5)]
    text = to_html([result(*checks, unloaded=why)])
    read(text)
    assert text.count("line 3: invalid syntax") == 1
    assert "The 5 checks, none of them run" in text


def test_several_results_have_a_section_and_ids_of_their_own():
    text = to_html([result(check(misconception=FLIPPED)), result(check(), title="Padding")])
    page = read(text)
    assert page.tags.count("section") == 2
    assert page.tags.count("h1") == 1
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', text)) <= set(ids)


def test_headings_do_not_skip_a_level():
    one = result(check(misconception=FLIPPED), stdout="x", notes=["y"])
    for results in ([one], [one, one], []):
        levels = [int(t[1]) for t in read(to_html(results)).tags if re.fullmatch(r"h\d", t)]
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


def test_nothing_to_show():
    assert "Nothing was graded." in "".join(read(to_html([])).text)
    assert "0 of 0 points" in "".join(read(to_html([result()])).text)


def test_every_verdict_has_a_name():
    for verdict in Verdict:
        read(to_html([result(check(verdict, findings=(told("why"),)))]))


def test_importing_is_light():
    heavy = {"numpy", "torch", "matplotlib", "rich", "pytest"}
    script = f"import sys, grader.report.html; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# ---------------------------------------------------------------- pictures


def numbers(tables: list[list[list[str]]], which: int) -> list[list[str]]:
    return [row[1:] for row in tables[which][1:]]


def test_three_pictures_with_the_right_numbers():
    found = differing(
        [[1, -2], [0.5, 3]], [[1, 4], [0.5, 3]], index=[0, 1], expected_value=-2.0, actual_value=4.0
    )
    text = to_html([result(check(findings=(told("", found),)))])
    tables = read(text).tables
    assert numbers(tables, 0) == [["1", "−2"], ["0.5", "3"]]
    assert numbers(tables, 1) == [["1", "4"], ["0.5", "3"]]
    assert numbers(tables, 2) == [["0", "6"], ["0", "0"]]
    assert text.count(' first"') == 3


def test_one_scale_for_expected_and_yours_another_for_the_difference():
    maps = heat_maps(differing([[4.0, 0.0]], [[8.0, -8.0]]))
    shades = [[c.shade for row in m.rows for c in row.cells] for m in maps]
    assert shades == [["p4", "z"], ["p9", "n9"], ["p4", "n9"]]
    assert [m.scale for m in maps] == ["8", "8", "8"]


def test_indices_count_from_the_windows_origin():
    window = [[float(i + j) for j in range(12)] for i in range(12)]
    other = [[v + 1 for v in row] for row in window]
    found = differing(
        window, other, expected_shape=[2, 40, 40], actual_shape=[2, 40, 40], index=[1, 12, 20],
        origin=[1, 6, 14], expected_value=12.0, actual_value=13.0,
    )  # fmt: skip
    first = heat_maps(found)[0]
    assert first.columns == list(range(14, 26))
    assert [row.index for row in first.rows] == list(range(6, 18))
    assert first.part == "[1, 6:18, 14:26]"
    assert first.rows[6].cells[6].first
    assert sum(c.first for row in first.rows for c in row.cells) == 1


def test_a_vector_has_no_row_index():
    found = differing(
        [[1.0, 2.0]], [[1.0, 5.0]], expected_shape=[30], actual_shape=[30], index=[9], origin=[8]
    )
    for picture in heat_maps(found):
        assert picture.rows[0].index is None
        assert picture.columns == [8, 9]
        assert picture.part == "[8:10]"
        assert [c.first for c in picture.rows[0].cells] == [False, True]


def test_unlike_shapes_have_no_difference():
    maps = heat_maps(differing([[1.0, 2.0]], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    assert [m.name for m in maps] == ["expected", "yours"]
    text = to_html([result(check(findings=(told("", differing([[1.0, 2.0]], [[1.0], [2.0]])),)))])
    assert "there is no difference to draw" in text


def test_an_array_of_more_axes_is_shown_from_its_start():
    found = differing([[1.0, 2.0]], [[1.0, 2.0]], expected_shape=[1, 2], actual_shape=[3, 1, 2])
    assert heat_maps(found)[1].part == "[0, 0:1, 0:2]"


def test_what_is_not_finite_is_marked():
    maps = heat_maps(differing([[1.0, 2.0, 3.0, "nan"]], [["nan", "inf", "-inf", "nan"]]))
    assert [c.text for c in maps[1].rows[0].cells] == ["nan", "∞", "−∞", "nan"]
    assert {c.shade for c in maps[1].rows[0].cells} == {"odd"}
    assert [c.text for c in maps[2].rows[0].cells] == ["nan", "∞", "−∞", "0"]


def test_a_single_number_is_no_picture():
    assert heat_maps(differing([[1.0]], [[2.0]], expected_shape=[], actual_shape=[], origin=[])) == []
    assert heat_maps(Evidence("f()")) == []
    assert heat_maps(None) == []


def test_ragged_or_odd_windows_do_no_harm():
    odd = differing([[1.0, 2.0], [3.0]], [["<b>", None], [10**400, True]])
    assert [len(row.cells) for row in heat_maps(odd)[0].rows] == [2, 2]
    read(to_html([result(check(findings=(told("", odd),)))]))


def test_digits_tell_close_numbers_apart():
    found = differing([[1.0, 1.0]], [[1.0001, 1.0]], index=[0, 0], expected_value=1.0, actual_value=1.0001)
    assert heat_maps(found)[1].rows[0].cells[0].text == "1.0001"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (-2.0, "−2"), (160074.0, "160074"), (0.123456, "0.123"), (-7.2421875, "−7.24"),
     (1234.5, "1234"), (1.5e-7, "1.50e−7"), (2.5e30, "2.5e30"), (0.00123, "0.00123")],
)  # fmt: skip
def test_numbers_in_a_few_characters(value, text):
    assert short(value) == text


@given(st.floats(), st.integers(2, 7), st.booleans())
def test_numbers_are_never_long(value, digits, tight):
    assert 1 <= len(short(value, digits, tight=tight)) <= 15


# ---------------------------------------------------------------- colours


@pytest.mark.parametrize("anchors", [palette.LIGHT, palette.DARK])
def test_numbers_are_legible_on_every_shade(anchors):
    shades = palette.palette(anchors)
    assert set(shades) == set(palette.SHADES)
    assert all(palette.contrast(paper, ink) >= 4.5 for paper, ink in shades.values())


def test_text_is_legible_in_both_modes():
    sheet = (Path(palette.__file__).parent / "templates" / "result.css").read_text(encoding="utf-8")
    modes = [
        dict(re.findall(r"--([a-z-]+): (#\w{6})", block))
        for block in re.findall(r":root \{(.*?)\}", sheet, re.S)
    ]
    for mode in modes[:2]:
        for ink in ("ink", "soft", "good", "bad", "open", "link"):
            for paper in ("paper", "card", "hint"):
                assert palette.contrast(mode[ink], mode[paper]) >= 4.5, (ink, paper)


# ---------------------------------------------------------------- a real browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
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


def chromium(folder: Path, *arguments: str) -> str:
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    profile = f"--user-data-dir={folder / 'profile'}"
    done = subprocess.run(
        [*command, profile, *arguments], capture_output=True, text=True, timeout=120, check=True
    )
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


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the page is not looked at")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_the_window(tmp_path, width):
    page = to_html([wide_result(), result(check())])
    wrapper = tmp_path / "wrapper.html"
    wrapper.write_text(WRAPPER.format(width=width, page=html.escape(page)), encoding="utf-8")
    size = f"--window-size={max(width, 500)},3000"
    dom = chromium(tmp_path, size, "--dump-dom", wrapper.as_uri())
    assert f"width={width} scroll={width} outside=0 styled=" in dom
    assert "styled=none" not in dom  # the policy lets the page's own style in
    picture = tmp_path / "page.png"
    chromium(tmp_path, size, f"--screenshot={picture}", wrapper.as_uri())
    assert picture.stat().st_size > 20_000
