"""Worked solutions as chains of steps, each with the slip that spoils it."""

from __future__ import annotations

from collections.abc import Callable

Step = tuple[str, Callable[..., int], Callable[..., int], str]
"""Text, the right value from the values so far, the wrong one, why it is wrong."""
CHAINS: dict[str, tuple[str, list[Step]]] = {
    "size": ("Output width of a convolution: W = {a}, F = {b}, P = {c}, S = {d}.", [
        ("Padded width: {v}", lambda a, b, c, d: a + 2 * c, lambda a, b, c, d: a + c, "padding is on both sides"),
        ("Room for the window: {v}", lambda a, b, c, d, p: p - b, lambda a, b, c, d, p: p - b // 2,
         "the whole filter counts"),
        ("Whole steps: {v}", lambda a, b, c, d, p, n: n // d, lambda a, b, c, d, p, n: -(-n // d), "round down"),
        ("Outputs: {v}", lambda a, b, c, d, p, n, s: s + 1, lambda a, b, c, d, p, n, s: s,
         "the start position counts")]),
    "params": ("Parameters with biases of a layer of {d} filters of {b}×{b} on {a} channels (padding {c}).", [
        ("Weights of one slice: {v}", lambda a, b, c, d: b * b, lambda a, b, c, d: 2 * b, "the filter is square"),
        ("Weights of one filter: {v}", lambda a, b, c, d, s: s * a, lambda a, b, c, d, s: s * d,
         "a filter spans the input channels"),
        ("Weights of the layer: {v}", lambda a, b, c, d, s, f: f * d, lambda a, b, c, d, s, f: f * a,
         "there are as many filters as outputs"),
        ("With biases: {v}", lambda a, b, c, d, s, f, w: w + d, lambda a, b, c, d, s, f, w: w + a,
         "one bias per filter")]),
    "field": ("Receptive field of three {b}×{b} layers with strides {d}, {c}, 1 on a {a}-pixel wide input.", [
        ("After layer 1: {v}", lambda a, b, c, d: b, lambda a, b, c, d: b + 1, "one unit sees one window"),
        ("After layer 2: {v}", lambda a, b, c, d, r: r + (b - 1) * d, lambda a, b, c, d, r: r + b - 1,
         "steps are as long as earlier strides"),
        ("Stride product before layer 3: {v}", lambda a, b, c, d, r, q: c * d, lambda a, b, c, d, r, q: c + d,
         "strides multiply"),
        ("After layer 3: {v}", lambda a, b, c, d, r, q, j: q + (b - 1) * j, lambda a, b, c, d, r, q, j: q + b * j,
         "a layer adds F − 1 steps")]),
}
"""Title with the four drawn numbers a, b, c, d, and the steps; each sees these and all values before it."""
