"""The values between the steps of the large exercises: computed by the references, and told by the statements."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

import solutions
from solutions.backprop import Conv2D, Dense, ReLU
from solutions.conv import conv2d, conv2d_multichannel
from solutions.gradcam import grad_cam
from solutions.resnet import BasicBlock, Bottleneck, PreActBlock

EXERCISES = Path(solutions.__path__[0]).parent / "exercises"
X = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 1, 0, 1]])
K = np.array([[1, 0, -1]] * 3)


def steps(slug):
    """The part of the statement that says in which order to work."""
    statement = (EXERCISES / slug / "README.md").read_text(encoding="utf-8")
    return statement.split("## In which order\n")[1].split("\n## ")[0].replace("−", "-")


def told(slug, *values):
    """Whether the statement tells each of these arrays and numbers in its steps."""
    texts = [f"{v:,}" if isinstance(v, int) else str(np.asarray(v).astype(int).tolist()) for v in values]
    return [text for text in texts if text not in steps(slug)] == []


def test_the_steps_of_conv():
    stack = conv2d_multichannel(np.stack([X, 2 * X]), np.stack([K, K])[None], np.array([10]))
    one = conv2d(X, K)
    assert np.array_equal(stack[0], 10 + 3 * one)
    assert told("conv", one, conv2d(X, K, stride=2), conv2d(X, K, padding=1)[0], conv2d(X, K, 2, 1), stack[0])


def test_the_steps_of_backprop():
    relu, dense, conv = ReLU(), Dense(2, 2), Conv2D(1, 1, 2, padding=1)
    assert told("backprop", relu.forward(np.array([[-1.0, 2]])), relu.backward(np.array([[5.0, 7]])))
    dense.W, dense.b = np.array([[1.0, 3], [2, 4]]), np.array([0.0, 1])
    forward, back = dense.forward(np.array([[1.0, 2]])), dense.backward(np.array([[1.0, 10]]))
    assert told("backprop", forward, back, dense.W, dense.b, dense.dW, dense.db)
    conv.W, conv.b = np.array([[[[1.0, 0], [0, 2]]]]), np.array([1.0])
    forward = conv.forward(np.array([[[[1.0, 2, 3], [4, 5, 6]]]]))
    back = conv.backward(np.ones_like(forward))
    assert told("backprop", forward[0, 0, 0])
    assert (conv.dW == 21).all()
    assert conv.db == 12
    assert (back == 3).all()
    assert "every dW is 21, db\n   is 12, and every dX is 3" in steps("backprop")


@pytest.mark.parametrize("dout", [[[1.0, 0]], [[0.0, 10]]])
def test_each_output_adds_its_window_to_dx(dout):
    conv = Conv2D(1, 1, 2)
    conv.W, conv.b = np.array([[[[1.0, 0], [0, 2]]]]), np.array([1.0])
    conv.forward(np.array([[[[1.0, 2, 3], [4, 5, 6]]]]))
    assert told("backprop", conv.backward(np.array([[dout]]))[0, 0])


def size(module):
    return sum(p.numel() for p in module.parameters())


def test_the_steps_of_resnet():
    block, wide = BasicBlock(64, 64), Bottleneck(64, 64)
    projection = size(wide.shortcut)
    blocks = block, BasicBlock(64, 128, 2), Bottleneck(256, 64), wide, PreActBlock(64, 64), PreActBlock(64, 128, 2)
    assert told("resnet", *map(size, blocks), projection, size(wide) - projection)
    last = [part for part in block.modules() if isinstance(part, nn.BatchNorm2d)][-1]
    nn.init.zeros_(last.weight)
    nn.init.zeros_(last.bias)
    x = torch.randn(1, 64, 4, 4)
    assert torch.equal(block(x), x.relu())


def test_the_steps_of_gradcam():
    model = nn.Sequential(nn.Identity(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 2, bias=False))
    model[3].weight.data = torch.tensor([[1.0, -1.0], [-1.0, 1.0]])
    maps = torch.tensor([[[[4.0, 0.0], [1.0, 2.0]], [[0.0, 3.0], [1.0, 1.0]]]], requires_grad=True)
    (gradient,) = torch.autograd.grad(model(maps)[0, 0], maps)
    assert model(maps)[0, 0] == 7 / 4 - 5 / 4 == 0.5
    assert gradient[0, 0].eq(0.25).all()
    assert gradient[0, 1].eq(-0.25).all()
    assert grad_cam(model, maps.detach(), 0, model[0]).tolist() == [[1, 0], [0, 0.25]]
    assert grad_cam(model, maps.detach(), 1, model[0]).tolist() == [[0, 1], [0, 0]]
    text = steps("gradcam")
    assert "$7/4 - 5/4 = 0.5$" in text
    assert r"\begin{pmatrix}0&1\\0&0\end{pmatrix}" in text
