"""The parts that all platforms' formats share: text, decimals and formulas."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from generators import expression
from generators.export import accepted, wording
from generators.export.markup import cdata, legal, tag, text
from generators.export.qti21_items import clean
from generators.export.rich_text import in_brackets, inline, paragraphs
from generators.export.tex import mathml

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(
    "ab<>&]}{*_`|$\\\n \"'#-=+1.", max_size=40
)


@given(texts)
def test_plain_text_comes_back(written):
    kept = legal(written).replace("\r\n", "\n").replace("\r", "\n")
    node = etree.fromstring(tag("x", tag("y", text(written)), tag("z", cdata(written))))
    assert node.findtext("y") == kept
    assert (node.findtext("z") or "") == kept


@given(st.text("ab<>&]", min_size=1, max_size=20))
def test_markup_comes_back(written):
    assert etree.fromstring(tag("x", cdata(f"<{written}"))).text == f"<{written}"


@settings(max_examples=300)
@given(texts)
def test_any_prompt_is_well_formed(written):
    for markup in (paragraphs(written, in_brackets), inline(written, in_brackets)):
        etree.fromstring(f"<x>{clean(markup)}</x>")


@pytest.mark.parametrize(
    "markdown, shown",
    [
        ("<b>x</b> & y", "&lt;b&gt;x&lt;/b&gt; &amp; y"),
        ("`a$b$<c`", "<code>a$b$&lt;c</code>"),
        ("$a_1 * b_1 < c$", r"\(a_1 * b_1 &lt; c\)"),
        ("costs $5 and $6", "costs $5 and $6"),
        ("a_1 and 2*3*4", "a_1 and 2<em>3</em>4"),
        (r"\$5 \* x", "$5 * x"),
        ("**bold** and *em*", "<strong>bold</strong> and <em>em</em>"),
    ],
)
def test_markdown_with_tex(markdown, shown):
    assert inline(markdown, in_brackets) == shown
    assert paragraphs(markdown, in_brackets) == f"<p>{shown}</p>"


def test_formulas_become_mathml():
    (math,) = html.fromstring(paragraphs("So $x^2 < 3$.", mathml)).xpath("//math")
    assert math.text_content().replace(" ", "") == "x2<3"


def test_plain_fields_keep_the_words():
    assert wording.plain("**A** `b<c` & $x^2$") == "A b<c & x^2"


@given(st.integers(-(10**9), 10**9), st.integers(0, 12))
def test_decimals_are_exact(value, places):
    number = Fraction(value, 10**places)
    shown = accepted.decimal(number)
    assert Fraction(shown) == number
    assert "e" not in shown.lower()


@given(st.fractions(-1000, 1000, max_denominator=997))
def test_endless_decimals_are_near(number):
    assert abs(Fraction(accepted.decimal(number)) - number) < Fraction(1, 10**11)
    low, high = accepted.entry(number)
    assert low <= number <= high
    assert all(low <= Fraction(form.replace("−", "-")) <= high for form in accepted.entry_forms(number))


polynomials = st.recursive(
    st.integers(0, 9).map(str) | st.sampled_from(["C", "D", "k"]),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({' '.join(parts)})"),
    max_leaves=5,
)


@settings(max_examples=60)
@given(polynomials)
def test_all_forms_of_a_formula_are_the_formula(formula):
    key = expression.parse(formula)
    forms = accepted.formula_forms(formula)
    assert forms[0] == formula
    assert all(expression.equal(expression.parse(form), key) for form in forms)


def test_a_quotient_is_only_accepted_as_it_is():
    assert accepted.formula_forms("1 / C") == ["1 / C", "1/C"]
