"""The page of a result: what is shown, in order, and hostile text that stays text."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import subprocess
import sys
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.clean import clean
from grader.model import Misconception, Verdict
from grader.model.cause import Cause, Why
from grader.model.findings import NotReadable
from grader.report.evidence import Evidence
from grader.report.html import to_html
from tests.report.pages import check, read, result, told

FLIPPED = Misconception("kernel-flipped", "Kernel flipped", "You turned `K` by 180 degrees.")
PIECES = [
    *"<>&\"'`{}%#/=\\", "<script>", "</script>", "</style>", "</pre>", "</title>", "<!--", "-->", "]]>",
    "<img src=x onerror=x>", 'x" onload="x', "' style='x", "javascript:", "&lt;", "&#x3c;", "{{ 7*7 }}",
    "{% raw %}", "\x00", "\x1b[31m", "\u202e", "\u2066", "\ud800", "\r\n", "\u2028", "\t", "𝔘", "é",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)


@settings(max_examples=60)
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
    checks = [check(findings=(told(long, evidence),), title=long, misconception=Misconception(long, long, long))]
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
    shown = " ".join("".join(read(to_html([result(check(), check(Verdict.ACCEPTED, score=1.0))])).text).split())
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
