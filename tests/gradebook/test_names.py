"""When two names are the same, and when they are only near."""

from __future__ import annotations

import pytest

from grader.gradebook.names import Nearness, folded, orders, spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller, Ana", "ana mueller"),
        ("Müller, Ana", "anamuller"),
        ("Müller", "Mu\u0308ller"),  # the same letters in two encodings
        ("Søren Åberg", "Soren Aberg"),
        ("Søren Åberg", "aaberg soeren"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Đặng Thị Ngân", "Ngan Dang Thi"),
        ("Işık İpek", "isik ipek"),
        ("Strauß", "STRAUSS"),
        ("Æsa Þórsdóttir", "aesa thorsdottir"),
        ("Priya Sai Kumar", "Kumar, Priya Sai"),
        ("Li Wei", "weili"),
        ("李 伟", "伟李"),
        ("O'Brien-Smith, Mary", "mary obrien smith"),
        ("ＬＩ Wei", "li wei"),
        ("José da Silva Pereira dos Santos", "Santos José da Silva Pereira dos"),
    ],
)
def test_one_name_in_two_ways(one, other):
    assert orders(one) & spellings(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("राम", "रमा"),
        ("Muller", "Mueller"),
        ("Ana Ek", "Ana Eck"),
        ("김민수", "김민서"),
        ("สม", "สุม"),
        ("Li Wei", "Li We"),
    ],
)
def test_two_names(one, other):
    assert not orders(one) & spellings(other)


def test_signs_alone_are_no_name():
    assert spellings("–") == set()
    assert folded("a-1 b") == "a1b"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ana Ek final version", "Ek, Ana"),
        ("Group A-Ana Ek", "Ana Ek"),
        ("ana", "Ana Ek"),
        ("müller", "Sara Mueller"),
        ("Jane Do", "Doe, Jane"),
        ("anaek2", "Ana Ek"),
        ("4711-new", "4711"),
        ("Ana Ek", "Ana Maria Ek"),
    ],
)
def test_near(said, name):
    assert 0 < Nearness(said).to(name) <= 1


@pytest.mark.parametrize(("said", "name"), [("bob", "Rob"), ("a", "A B"), ("Ana Li", "Ana Ek"), ("", "Ana")])
def test_far(said, name):
    assert Nearness(said).to(name) == 0
