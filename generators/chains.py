"""Worked solutions as chains of steps, each with a typical mistake."""

from __future__ import annotations

from collections.abc import Callable

Step = tuple[str, str, Callable[..., int], Callable[..., int], str]
"""Text, formula of its value (x: earlier values), functions for the right and the wrong value, and the reason."""
CHAINS: dict[str, tuple[str, list[Step]]] = {
    "size": ("Output width of a convolution: W = {a}, F = {b}, P = {c} on every side, S = {d}; sizes round down.", [
        ("Padded width: {v}", "{a} + 2 · {c}",
         lambda a, b, c, d: a + 2 * c, lambda a, b, c, d: a + c, "padding is on both sides"),
        ("Room for the window: {v}", "{x[0]} − {b}", lambda a, b, c, d, p: p - b, lambda a, b, c, d, p: p - b // 2,
         "the whole filter counts"),
        ("Whole steps: {v}", "⌊{x[1]}/{d}⌋", lambda a, b, c, d, p, n: n // d, lambda a, b, c, d, p, n: -(-n // d),
         "incomplete steps are dropped"),
        ("Outputs: {v}", "{x[2]} + 1", lambda a, b, c, d, p, n, s: s + 1, lambda a, b, c, d, p, n, s: s,
         "the start position counts")]),
    "params": ("Parameters, with one bias per filter, of {d} filters of {b}×{b} on {a} channels.", [
        ("Weights of one slice: {v}", "{b} · {b}",
         lambda a, b, c, d: b * b, lambda a, b, c, d: 2 * b, "the filter is square"),
        ("Weights of one filter: {v}", "{x[0]} · {a}", lambda a, b, c, d, s: s * a, lambda a, b, c, d, s: s * d,
         "a filter spans the input channels"),
        ("Weights of the layer: {v}", "{x[1]} · {d}", lambda a, b, c, d, s, f: f * d, lambda a, b, c, d, s, f: f * a,
         "there are as many filters as outputs"),
        ("With biases: {v}", "{x[2]} + {d}", lambda a, b, c, d, s, f, w: w + d, lambda a, b, c, d, s, f, w: w + a,
         "there is one bias per filter")]),
    "field": ("Receptive field of three {b}×{b} layers with strides {d}, {c}, 1 (a unit of the input sees 1 pixel).", [
        ("After layer 1: {v}", "1 + ({b} − 1)",
         lambda a, b, c, d: b, lambda a, b, c, d: b + 1, "one unit sees one window"),
        ("After layer 2: {v}", "{x[0]} + ({b} − 1) · {d}",
         lambda a, b, c, d, r: r + (b - 1) * d, lambda a, b, c, d, r: r + b - 1,
         "its steps are as long as layer 1's stride"),
        ("Stride product before layer 3: {v}", "{d} · {c}",
         lambda a, b, c, d, r, q: c * d, lambda a, b, c, d, r, q: c + d,
         "strides multiply"),
        ("After layer 3: {v}", "{x[1]} + ({b} − 1) · {x[2]}",
         lambda a, b, c, d, r, q, j: q + (b - 1) * j, lambda a, b, c, d, r, q, j: q + b * j,
         "a layer adds F − 1 steps")]),
    "separable": ("Parameters, without biases, of a depthwise separable {b}×{b} convolution from {a} to {c}{d} "
                  "channels.", [
        ("Weights of one depthwise filter: {v}", "{b} · {b}", lambda a, b, c, d: b * b, lambda a, b, c, d: b * b * a,
         "a depthwise filter sees one channel"),
        ("Weights of the depthwise layer: {v}", "{x[0]} · {a}",
         lambda a, b, c, d, f: f * a, lambda a, b, c, d, f: f * (10 * c + d),
         "there is one filter per input channel"),
        ("Weights of the pointwise layer: {v}", "{a} · {c}{d}", lambda a, b, c, d, f, w: a * (10 * c + d),
         lambda a, b, c, d, f, w: a + 10 * c + d, "every output channel weighs every input channel"),
        ("Together: {v}", "{x[1]} + {x[2]}", lambda a, b, c, d, f, w, p: w + p, lambda a, b, c, d, f, w, p: w * p,
         "the two layers' weights are added")]),
    "macs": ("Multiply-adds, without biases, of {d} filters of {b}×{b} with stride {c} and no padding on a "
             "{a}×{a}×3 image; sizes round down.", [
        ("Output width: {v}", "⌊({a} − {b})/{c}⌋ + 1",
         lambda a, b, c, d: (a - b) // c + 1, lambda a, b, c, d: (a - b) // c,
         "the start position counts"),
        ("Multiply-adds of one output value: {v}", "{b} · {b} · 3",
         lambda a, b, c, d, o: 3 * b * b, lambda a, b, c, d, o: b * b,
         "a filter spans all 3 channels"),
        ("Output values: {v}", "{x[0]} · {x[0]} · {d}",
         lambda a, b, c, d, o, m: o * o * d, lambda a, b, c, d, o, m: o * d,
         "the output has two axes"),
        ("Multiply-adds: {v}", "{x[1]} · {x[2]}",
         lambda a, b, c, d, o, m, n: m * n, lambda a, b, c, d, o, m, n: 2 * m * n,
         "a multiplication with its addition is one multiply-add")]),
    "dense": ("Parameters, with biases, of a fully connected layer of {a} units on a flattened {b}×{b} map of {d} "
              "channels.", [
        ("Positions: {v}", "{b} · {b}",
         lambda a, b, c, d: b * b, lambda a, b, c, d: 2 * b, "height and width multiply"),
        ("Flattened values: {v}", "{x[0]} · {d}",
         lambda a, b, c, d, p: p * d, lambda a, b, c, d, p: p + d, "channels multiply too"),
        ("Weights: {v}", "{x[1]} · {a}", lambda a, b, c, d, p, n: n * a, lambda a, b, c, d, p, n: n + a,
         "every unit weighs every value"),
        ("With biases: {v}", "{x[2]} + {a}", lambda a, b, c, d, p, n, w: w + a, lambda a, b, c, d, p, n, w: w + n,
         "biases belong to units, not to inputs")]),
}  # fmt: skip
"""Title with the four drawn numbers a, b, c, d, and the steps; each sees these and all values before it."""
