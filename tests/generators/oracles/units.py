"""Filters, single units and small networks of them: solved for, evaluated on all inputs, or differentiated."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import torch
from torch import nn

from tests.generators.oracles.instruments import f64, oracle

PICTURE = np.random.default_rng(5).normal(size=(12, 12))


def _at(down: int, right: int) -> Any:
    """The neighbours there of all inner pixels."""
    return np.roll(PICTURE, (-down, -right), (0, 1))[2:-2, 2:-2]


def _mean(*places: tuple[int, int]) -> Any:
    return np.mean([_at(*place) for place in places], axis=0)


CROSS, SQUARE = [(-1, 0), (0, -1), (0, 1), (1, 0)], [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
WANTED: dict[str, Callable[[], Any]] = {
    "mean": lambda: _mean(*SQUARE),
    "plus": lambda: _mean((0, 0), *CROSS),
    "others": lambda: _at(0, 0) - _mean(*(place for place in SQUARE if place != (0, 0))),
    "right": lambda: _at(0, 1) - _at(0, -1),
    "below": lambda: _at(1, 0) - _at(-1, 0),
    "half": lambda: (_at(0, 1) - _at(0, -1)) / 2,
    "columns": lambda: sum(_at(i, 1) for i in (-1, 0, 1)) - sum(_at(i, -1) for i in (-1, 0, 1)),
    "rows": lambda: sum(_at(1, j) for j in (-1, 0, 1)) - sum(_at(-1, j) for j in (-1, 0, 1)),
    "bend": lambda: _at(0, -1) + _at(0, 1) - 2 * _at(0, 0),
    "four": lambda: 4 * _at(0, 0) - 4 * _mean(*CROSS),
    "sharp": lambda: _at(0, 0) + 4 * (_at(0, 0) - _mean(*CROSS)),
    "left": lambda: _at(0, 1),
    "down": lambda: _at(-1, 0),
    "diagonal": lambda: _at(1, 1) - _at(-1, -1),
}


@oracle
def filter_design(design: str, gain: int) -> Any:
    """Least squares on a random picture: the only nine weights that give what is wanted everywhere."""
    columns = np.stack([_at(*place).ravel() for place in SQUARE], axis=1)
    weights, residual, rank, _ = np.linalg.lstsq(columns, gain * WANTED[design]().ravel(), rcond=None)
    assert rank == 9
    assert residual[0] < 1e-20
    return weights.reshape(3, 3).round(13)


def _run(K: Any, X: Any) -> Any:
    return nn.functional.conv2d(f64(np.asarray(X).tolist())[None, None], f64(np.asarray(K, float).tolist())[None, None])


def _is(name: str, K: Any) -> bool:
    """Whether a filter does what its name says, on flat areas, edges, spots and a random picture."""
    flat, spot = np.ones((5, 5)), np.zeros((5, 5))
    spot[2, 2] = 1
    right = np.repeat([[0, 0, 1, 1, 1]], 5, axis=0)
    slope = np.add.outer(np.arange(5), np.arange(5))
    inner = PICTURE[1:-1, 1:-1]
    neighbours = [PICTURE[1 + i : 11 + i, 1 + j : 11 + j] for i, j in SQUARE]
    up, left, on, below = neighbours[1], neighbours[3], neighbours[5], neighbours[7]
    edges = {"left-edge": (right, right.T), "right-edge": (-right, right.T), "top-edge": (right.T, right),
             "bottom-edge": (-right.T, right)}  # fmt: skip
    if name in edges:
        return bool(_run(K, edges[name][0]).max() > 0 and not _run(K, flat).any() and not _run(K, edges[name][1]).any())
    if name == "laplace":
        return bool(not _run(K, slope).any() and _run(K, spot).max() > 1)
    wanted = {
        "keep": inner, "blur": sum(neighbours) / 9, "sharpen": 5 * inner - up - left - on - below,
        "shift-left": on, "shift-up": below, "negative": -inner, "brighter": 2 * inner,
        "row-blur": (left + inner + on) / 3, "column-blur": (up + inner + below) / 3,
    }  # fmt: skip
    return bool(np.allclose(_run(K, PICTURE)[0, 0], wanted[name]))


@cache
def _does(name: str, other: str) -> bool:
    from generators.filters import EFFECTS

    return _is(name, EFFECTS[other][1])


@oracle
def filter_effect(ask: str, chosen: list[str]) -> list[bool]:
    """Of the four, only the first filter has the first effect, and only it."""
    return [_does(chosen[0], name) if ask == "filter" else _does(name, chosen[0]) for name in chosen]


@oracle
def vanishing_gradient(w: int, places: int) -> int:
    """Autograd at z = 0, where the sigmoid is steepest, layer after layer."""
    for n in range(1, 400):
        a = f64(0.0, requires_grad=True)
        y = a
        for _ in range(n):
            y = torch.sigmoid((y - y.detach()) * (w / 10))
        if float(torch.autograd.grad(y, a)[0]) < 10.0**-places * (1 - 1e-9):
            return n
    raise AssertionError("never")


def _net(x: Any, W: Any, b: Any, v: Any, c: int) -> torch.Tensor:
    return nn.functional.linear(nn.functional.linear(f64([x]), W, f64(b)).relu(), f64([v]), f64([c]))[0, 0]


@oracle
def mlp_forward(x: Any, W: Any, b: Any, v: Any, c: int) -> float:
    return float(_net(x, f64(W), b, v, c))


@oracle
def mlp_backward(x: Any, W: Any, b: Any, v: Any, c: int, error: int) -> Any:
    weights = f64(W, requires_grad=True)
    y = _net(x, weights, b, v, c)
    target = y.detach() - error
    return torch.autograd.grad((y - target) ** 2 / 2, weights)[0].numpy()


@oracle
def gradient_formula(setup: str, loss: str, name: str) -> dict[str, float]:
    """Autograd at three points; each lists all names."""
    found = {}
    for w, x, u, b, t in ((1.0, 2.0, 3.0, 0.5, -1.0), (-0.5, 1.5, 2.0, 1.0, 0.25), (2.0, -1.0, 0.5, -2.0, 3.0)):
        v = {key: f64(value, requires_grad=True) for key, value in {"w": w, "x": x, "u": u, "b": b, "g": u}.items()}
        z = v["w"] * v["x"] + v["b"]
        y = {"linear": z, "two": v["w"] * v["u"] * v["x"] + v["b"], "square": z**2, "cube": z**3,
             "residual": v["w"] * v["x"] + v["x"], "product": v["g"] * z}[setup]  # fmt: skip
        error = (y - t) ** 2 / (2 if loss == "half" else 1)
        values = {**{key: one.item() for key, one in v.items()}, "y": y.item(), "z": z.item(), "h": z.item(), "t": t}
        where = ",".join(f"{key}={value!r}" for key, value in values.items())
        found[where] = float(torch.autograd.grad(error, v[name])[0])
    return found


@oracle
def gradient_check(top: int, gap: int, h: int, low: int, g: int) -> float:
    def loss(a: float) -> float:
        return g * float(nn.functional.max_pool1d(f64([[[low, a, top + gap / 100, low - 2]]]), 4))

    return round((loss(top + h / 100) - loss(top - h / 100)) / (2 * h / 100), 10)


@oracle
def threshold_unit(u: int, v: int, b: int, spare: list[str]) -> list[bool]:
    """Which of the offered formulas agrees with the unit on all four inputs; Python's own logic reads them."""
    from generators.questions.threshold_unit import question

    def same(text: str) -> bool:
        python = text.replace("₁", "").replace("x₂", "y").lower()
        bits = [(0, 0), (0, 1), (1, 0), (1, 1)]
        return all(bool(eval(python, {"x": x, "y": y})) == (np.dot([u, v, b], [x, y, 1]) > 0) for x, y in bits)

    body = question(u=u, v=v, b=b, spare=spare)
    return [same(line.text) for line in body.lines]  # type: ignore[union-attr]
