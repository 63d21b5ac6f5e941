"""What is taken for a mistyped name, and what is not."""

from __future__ import annotations

import pytest

from generators.closest import closest, did_you_mean

CONV = ("conv2d", "conv2d_multichannel")
POOLING = ("max_pool2d", "avg_pool2d", "global_avg_pool")
COMMANDS = ("list", "start", "submit", "explain", "bench", "quiz", "rubric", "doctor", "batch", "report", "regrade")


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("conv2D", CONV, "conv2d"),
        ("Conv2d", CONV, "conv2d"),
        ("conv_2d", CONV, "conv2d"),
        ("conv2d_multi_channel", CONV, "conv2d_multichannel"),
        ("conv2dMultiChannel", CONV, "conv2d_multichannel"),
        ("maxpool2d", POOLING, "max_pool2d"),
        ("global_average_pool", POOLING, "global_avg_pool"),
        ("Conv", ("conv", "convnext", "fast_conv"), "conv"),
        ("convolution", ("conv", "convnext", "fast_conv"), "conv"),
        ("submti", COMMANDS, "submit"),
        ("dw", ("dW", "db"), "dW"),
        ("pading", ("stride", "padding"), "padding"),
        ("MCX", ("MCQ", "MSQ", "NAT"), "MCQ"),
    ],
)
def test_what_is_close_is_asked_for(typed, known, meant):
    assert closest(typed, known) == (meant,)
    assert did_you_mean(typed, known) == f" Did you mean `{meant}`?"


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("solve", CONV),
        ("X", ("K", "b")),
        ("main", ("train", "maps")),
        ("W", ("dW", "db")),
        ("db", ("dW",)),
        ("qqq", COMMANDS),
        ("pool", POOLING[:2]),
        ("", CONV),
        ("_", CONV),
        ("conv2d", ()),
    ],
)
def test_nothing_is_guessed_where_nothing_is_close(typed, known):
    assert closest(typed, known) == ()
    assert did_you_mean(typed, known) == ""


def test_what_is_equally_close_is_asked_for_together():
    assert closest("gate", ("gate-cnn", "gate-full", "chapter-test")) == ("gate-cnn", "gate-full")
    assert did_you_mean("Conv2d", ("conv2d", "Conv2D", "conv")) == " Did you mean `conv2d` or `Conv2D`?"
