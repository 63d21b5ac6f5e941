"""Layers and small networks with numbers: run forwards by torch's modules, backwards by autograd."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from tests.generators.oracles.instruments import f64, oracle


@oracle
def conv_forward(P: int, X: Any, b: Any, K: Any, w: Any, c: int) -> float:
    maps = nn.functional.conv2d(f64([[X]]), f64(K).unsqueeze(1), f64(b), padding=P)
    flat = nn.functional.max_pool2d(maps.relu(), 2).flatten(1)
    return float(nn.functional.linear(flat, f64([w]), f64([c])))


@oracle
def batchnorm_values(mode: str, mean: int, x: Any, running: Any, gamma: int, beta: int) -> Any:
    layer = nn.BatchNorm1d(1, eps=1e-14, dtype=torch.float64).train(mode == "training")
    layer.load_state_dict({
        "weight": f64([gamma]), "bias": f64([beta]), "running_mean": f64([running[0]]),
        "running_var": f64([running[1] ** 2]), "num_batches_tracked": torch.tensor(0),
    })  # fmt: skip
    return layer(f64(x).reshape(4, 1)).detach().numpy().reshape(4)


@oracle
def batchnorm_running(momentum: int, old: int, x: Any) -> float:
    layer = nn.BatchNorm1d(1, momentum=momentum / 100, dtype=torch.float64)
    layer.running_mean = f64([old])
    layer(f64(x).reshape(4, 1))
    return float(layer.running_mean)


@oracle
def dropout_values(mode: str, scheme: str, p: int, x: Any, mask: Any) -> Any:
    """Classic dropout gives 1 − p times what the inverted one gives, in both modes; torch's mask is replaced by "
    "ours."""
    ones = nn.Dropout(p / 100).train(mode == "training")(torch.ones(4000, dtype=torch.float64))
    level = float(ones.max()) * (1 - p / 100 if scheme == "classic" else 1)
    return (f64(x) * (f64(mask) if mode == "training" else 1) * level).numpy()


@oracle
def activation_values(name: str, ask: str, tenths: int, x: Any) -> Any:
    layer = {"ReLU": nn.ReLU(), "leaky ReLU": nn.LeakyReLU(tenths / 10), "ReLU6": nn.ReLU6()}[name]
    z = f64(x, requires_grad=True)
    y = layer(z)
    return (y.detach() if ask == "value" else torch.autograd.grad(y.sum(), z)[0]).numpy()


@oracle
def relu_routing(X: Any, dout: Any) -> Any:
    x = f64([[X]], requires_grad=True)
    y = nn.functional.max_pool2d(x.relu(), 2)
    return torch.autograd.grad(y, x, f64([[dout]]))[0][0, 0].numpy()


@oracle
def softmax_values(ask: str, z: Any, label: int) -> float:
    loss = nn.functional.cross_entropy(f64([z]), torch.tensor([label]))
    return float(loss if ask == "loss" else torch.exp(-loss))


@oracle
def binary_loss(tenths: int, y: int) -> float:
    return float(nn.functional.binary_cross_entropy_with_logits(f64(tenths / 10), f64(y)))


def _stepped(w: int, gradients: Any, optimiser: type[torch.optim.Optimizer], **options: Any) -> float:
    """The weight after torch's optimiser was given these gradients."""
    weight = nn.Parameter(f64([w]))
    machine = optimiser([weight], **options)
    for g in gradients:
        weight.grad = f64([g])
        machine.step()
    return float(weight.detach())


@oracle
def momentum_step(w: int, mu: int, rate: int, g: Any) -> float:
    return _stepped(w, g, torch.optim.SGD, lr=rate / 100, momentum=mu / 10)


@oracle
def adam_step(steps: int, b1: int, b2: int, rate: int, w: int, g: Any) -> float:
    """torch's first gradient moves the weight too; the question gives the weight before the last step."""
    first = _stepped(0, g[:-1], torch.optim.Adam, lr=rate / 1000, betas=(b1 / 100, b2 / 1000), eps=0)
    return w + _stepped(0, g, torch.optim.Adam, lr=rate / 1000, betas=(b1 / 100, b2 / 1000), eps=0) - first
